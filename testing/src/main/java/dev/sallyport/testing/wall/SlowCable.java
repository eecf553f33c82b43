package dev.sallyport.testing.wall;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * A cable between two network devices that it makes, whose packets take their time and sometimes get lost; the work of Linux's netem, which not
 * every kernel has. The devices may be moved to other namespaces while it runs, and go when it ends.
 *
 * <p>{@code SlowCable DEVICE DEVICE DELAY_MILLIS LOST_PERCENT}; says {@code ready} when both devices are there.
 */
public final class SlowCable {
  private static final int MAX_PACKET = 65_536;
  private static final int PERCENT = 100;

  /** Packets that are under way at once; more are lost, as at any router. */
  private static final int MAX_UNDER_WAY = 10_000;

  /** From {@code linux/if_tun.h} and {@code fcntl.h}. */
  private static final long TUNSETIFF = 0x400454caL;
  private static final short IFF_TUN_NO_PI = 0x1001;
  private static final int O_RDWR = 2;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN = function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle IOCTL = function("ioctl",
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
  private static final MethodHandle READ = function("read",
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), 3);
  private static final MethodHandle WRITE = function("write",
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), 3);

  private SlowCable() {
  }

  private static final class Packet implements Delayed {
    private final byte[] bytes;
    private final long due;

    Packet(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(due, ((Packet) other).due);
    }
  }

  public static void main(String[] arguments) throws Throwable {
    Duration delay = Duration.ofMillis(Long.parseLong(arguments[2]));
    int lost = Integer.parseInt(arguments[3]);
    int a = device(arguments[0]);
    int b = device(arguments[1]);
    Thread there = direction(a, b, delay, lost, 1);
    direction(b, a, delay, lost, 2);
    System.out.println("ready");
    there.join();
  }

  private static Thread direction(int from, int to, Duration delay, int lost, long seed) {
    BlockingQueue<Packet> underWay = new DelayQueue<>();
    Thread.ofPlatform().daemon().start(() -> deliver(underWay, to));
    return Thread.ofPlatform().start(() -> collect(from, underWay, delay, lost, new SplittableRandom(seed)));
  }

  private static void collect(int from, BlockingQueue<Packet> underWay, Duration delay, int lost,
      SplittableRandom random) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MAX_PACKET);
      while (true) {
        long count = (long) READ.invokeExact(from, buffer, (long) MAX_PACKET);
        if (count > 0 && random.nextInt(PERCENT) >= lost && underWay.size() < MAX_UNDER_WAY) {
          byte[] bytes = buffer.asSlice(0, count).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
          underWay.add(new Packet(bytes, System.nanoTime() + delay.toNanos()));
        } else if (count < 0) {
          java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(10).toNanos()); // the device is being moved
        }
      }
    } catch (Throwable e) {
      throw new IllegalStateException("the cable broke", e);
    }
  }

  private static void deliver(BlockingQueue<Packet> underWay, int to) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MAX_PACKET);
      while (true) {
        byte[] bytes = underWay.take().bytes;
        MemorySegment.copy(bytes, 0, buffer, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
        long written = (long) WRITE.invokeExact(to, buffer, (long) bytes.length);
        if (written != bytes.length) {
          System.out.println("a packet was not taken");
        }
      }
    } catch (Throwable e) {
      throw new IllegalStateException("the cable broke", e);
    }
  }

  private static int device(String name) throws Throwable {
    try (var arena = Arena.ofConfined()) {
      int file = (int) OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), O_RDWR);
      MemorySegment request = arena.allocate(IFREQ_BYTES);
      request.setString(0, name);
      request.set(JAVA_SHORT, IFREQ_FLAGS, IFF_TUN_NO_PI);
      if (file < 0 || (int) IOCTL.invokeExact(file, TUNSETIFF, request) < 0) {
        throw new IOException("the network device " + name + " could not be made through /dev/net/tun");
      }
      return file;
    }
  }

  @SuppressWarnings("restricted") // the four functions above and nothing else
  private static MethodHandle function(String name, FunctionDescriptor shape, int fixed) {
    var address = LINKER.defaultLookup().find(name).orElseThrow();
    return fixed < shape.argumentLayouts().size()
        ? LINKER.downcallHandle(address, shape, Linker.Option.firstVariadicArg(fixed))
        : LINKER.downcallHandle(address, shape);
  }
}
