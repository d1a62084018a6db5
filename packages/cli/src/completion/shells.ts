/** The shells there is a completion script for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell', 'pwsh'] as const;
