import { useSyncExternalStore } from 'react';

/** Below this width the navigation folds away and tables show two lines per row; the same bound as in the styles. */
const PHONE = '(max-width: 47.99em)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(PHONE).matches);
}
