/**
 * A function that computes its result once for each object, because rules ask for the same result repeatedly. Results
 * are kept as long as the object exists.
 */
export function oncePerObject<K extends object, V>(answer: (of: K) => V): (of: K) => V {
  const answers = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const known = answers.get(of);
    if (known !== undefined) return known.value;
    const value = answer(of);
    answers.set(of, { value });
    return value;
  };
}
