import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Directive } from '../api/types';
import { DirectiveFeed, type FeedState } from './feed';

/** Follows a directive for as long as its page is open. */
export function useFeed(id: string, directive: Directive | undefined): { feed: DirectiveFeed; state: FeedState } {
  const feed = useMemo(() => new DirectiveFeed(id), [id]);
  const state = useSyncExternalStore(feed.subscribe, feed.current);
  useEffect(() => feed.follow(), [feed]);
  useEffect(() => {
    if (directive) {
      feed.seed(directive.runs);
    }
  }, [feed, directive]);
  return { feed, state };
}
