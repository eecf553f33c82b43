// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nonceStyles, styleNonce, withoutMarkup } from './security';

describe('the page under its content security policy', () => {
  const create = document.createElement;

  beforeEach(() => {
    document.head.append(Object.assign(document.createElement('meta'), { name: 'csp-nonce', content: 'abc123' }));
  });

  afterEach(() => {
    document.createElement = create;
    document.head.replaceChildren();
  });

  it('takes its nonce from the page', () => expect(styleNonce()).toBe('abc123'));

  it('gives style elements the nonce and leaves other elements alone', () => {
    nonceStyles();
    expect(document.createElement('style').nonce).toBe('abc123');
    expect(document.createElement('script').nonce ?? '').not.toBe('abc123');
  });

  it('T19 lets style text through and no string with a tag', () => {
    expect(withoutMarkup(':root{--a:1px}')).toBe(':root{--a:1px}');
    expect(() => withoutMarkup('<img src=x onerror=alert(1)>')).toThrow(TypeError);
  });
});
