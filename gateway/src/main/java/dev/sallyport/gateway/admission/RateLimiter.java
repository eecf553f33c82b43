package dev.sallyport.gateway.admission;

import java.util.Map;

import dev.sallyport.gateway.GatewayLimits.Rate;

/**
 * Token buckets by key, the most recently used {@value #MAX_KEYS}. A key that is forgotten begins anew with a full burst:
 * whoever can come under that many keys is not slowed by a limit per key, the limits on all of them together are for him.
 */
final class RateLimiter<K> {
  static final int MAX_KEYS = 65_536;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<K, Bucket> buckets = new BoundedMap<>(MAX_KEYS);

  /** Takes one from the key's bucket if it is not empty. */
  synchronized boolean admits(K key, Rate rate, long nanoTime) {
    Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(rate.burst(), nanoTime));
    double earned = (nanoTime - bucket.at) / NANOS_PER_SECOND * rate.perSecond();
    bucket.tokens = Math.min(rate.burst(), bucket.tokens + earned);
    bucket.at = nanoTime;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  synchronized int size() {
    return buckets.size();
  }

  private static final class Bucket {
    private double tokens;
    private long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }
}
