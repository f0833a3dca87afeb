// Reads stack files with Pulumi's own loader: one per line, in base64. Each answer is a line of JSON: every setting as
// the string that a program gets, or the reason why there is none.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/encoding"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

type answer struct {
	Settings map[string]string `json:"settings,omitempty"`
	Refused  string            `json:"refused,omitempty"`
}

var project = &workspace.Project{Name: "p"}

// Time limit for one file, because some never end.
const patience = 30 * time.Second

func read(file []byte) (result answer) {
	defer func() {
		if fault := recover(); fault != nil {
			result = answer{Refused: fmt.Sprintf("panic: %v", fault)}
		}
	}()
	stack, err := workspace.LoadProjectStackBytes(nil, project, file, "Pulumi.dev.yaml", encoding.YAML)
	if err != nil {
		return answer{Refused: err.Error()}
	}
	settings, err := stack.Config.Decrypt(config.NewBlindingDecrypter())
	if err != nil {
		return answer{Refused: err.Error()}
	}
	result.Settings = map[string]string{}
	for key, value := range settings {
		result.Settings[key.String()] = value
	}
	return result
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		file, err := base64.StdEncoding.DecodeString(lines.Text())
		if err != nil {
			panic(err)
		}
		done := make(chan answer, 1)
		go func() { done <- read(file) }()
		select {
		case result := <-done:
			_ = out.Encode(result)
		case <-time.After(patience):
			_ = out.Encode(answer{Refused: "late"})
		}
	}
}
