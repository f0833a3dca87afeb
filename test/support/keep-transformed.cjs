// Caches tsx's output for the program's own files in the folder REHEARSE_CACHE, as the rehearsal does for its child
// processes.
require("../../packages/rehearse/hosts/preload/transformed.cjs")(process.env.REHEARSE_CACHE, "test");
