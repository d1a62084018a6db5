/** Undoes `encoding-type=url`: form encoding, where a plus is a blank. What is no UTF-8 comes with replacement characters. */
export function decodeListed(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    const bytes = Uint8Array.from(spaced.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  }
}

/** How a listing's keys are written: its `EncodingType` says whether the service took up `encoding-type=url`. */
export function decoderOf(encodingType: string | undefined): (text: string) => string {
  return encodingType === 'url' ? decodeListed : (text) => text;
}
