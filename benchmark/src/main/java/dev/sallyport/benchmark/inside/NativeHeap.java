package dev.sallyport.benchmark.inside;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Bytes in use in glibc's heap, TLS library and direct buffers included ({@code mallinfo2(3)}). */
final class NativeHeap {
  private static final int FIELDS = 10;
  private static final int MAPPED = 4;
  private static final int IN_USE = 7;
  private static final StructLayout MALLINFO2 = MemoryLayout
      .structLayout(MemoryLayout.sequenceLayout(FIELDS, ValueLayout.JAVA_LONG).withName("fields"));

  private final MethodHandle mallinfo2;

  @SuppressWarnings("restricted") // the server's own start script allows native access
  NativeHeap() {
    Linker linker = Linker.nativeLinker();
    mallinfo2 = linker.downcallHandle(linker.defaultLookup().find("mallinfo2").orElseThrow(),
        FunctionDescriptor.of(MALLINFO2));
  }

  long bytesInUse() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = (MemorySegment) mallinfo2.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(ValueLayout.JAVA_LONG, IN_USE) + info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED);
    } catch (Throwable e) {
      throw new IllegalStateException("mallinfo2 cannot be called", e);
    }
  }
}
