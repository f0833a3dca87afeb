/**
 * A function that works out its answer once for each object, for as long as the object is there: rules ask the same of a
 * resource again and again.
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
