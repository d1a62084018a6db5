/** Calls back once the events that wait have been handled: what has come meanwhile has been read then. */
export function afterPendingInput(callback: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(callback);
  else setTimeout(callback);
}
