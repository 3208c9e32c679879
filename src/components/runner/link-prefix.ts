/** How a shared link's hash begins: the runner it is for and the version of its format. */

/** `#run=1.checkout.`; what follows is the packed input. */
export const linkPrefix = (functionName: string): string => `#run=1.${encodeURIComponent(functionName)}.`;
