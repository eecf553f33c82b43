/**
 * What the page must do itself under its content security policy: give style elements made at run time the nonce of
 * this page, and let no markup out of strings (`require-trusted-types-for 'script'`).
 */

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (markup: string) => string }): unknown;
}

/** The nonce the server put into the page; the placeholder itself when the page was served as a mere file. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/**
 * Text that cannot open a tag. The component library fills its style elements through `innerHTML`, which trusted types
 * stop; style sheets contain no `<`, so exactly that much is let through and nothing that could become an element.
 */
export function withoutMarkup(text: string): string {
  if (text.includes('<')) {
    throw new TypeError('markup from a string is refused');
  }
  return text;
}

export function guardMarkup(): void {
  const trustedTypes = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  trustedTypes?.createPolicy('default', { createHTML: withoutMarkup });
}

/** Gives every style element made from now on the nonce: libraries that make their own do not all ask for one. */
export function nonceStyles(): void {
  const nonce = styleNonce();
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) {
      element.nonce = nonce;
    }
    return element;
  }) as typeof document.createElement;
}
