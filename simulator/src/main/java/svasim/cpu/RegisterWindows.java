package svasim.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import svasim.pcie.fabric.DeferredAnswer;
import svasim.pcie.tlp.CompletionStatus;

/** A bus with windows of registers, each with its own target; what is in no window goes upwards. */
public final class RegisterWindows implements Bus {
    /** A bus on which nobody answers. */
    public static final Bus NOBODY =
            new Bus() {
                @Override
                public long read(long address, int bytes, long nowPs) {
                    return -1L;
                }

                @Override
                public void write(long address, byte[] data, long nowPs) {
                    // Lost, as on a real bus.
                }

                @Override
                public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
                    answer.answered(CompletionStatus.UNSUPPORTED_REQUEST, 0);
                }
            };

    private final TreeMap<Long, Window> windows = new TreeMap<>();
    private final Bus otherwise;

    /** Registers behind a window. */
    public interface Target {
        long read(long offset, int bytes);

        void write(long offset, int bytes, long value);
    }

    private record Window(long base, long size, Target target) {
        boolean holds(long address) {
            return address - base < size;
        }
    }

    /**
     * @param otherwise takes every access outside of the windows, for example the root complex
     */
    public RegisterWindows(Bus otherwise) {
        this.otherwise = otherwise;
    }

    /** Adds a window of {@code size} bytes at {@code base}. */
    public void add(long base, long size, Target target) {
        windows.put(base, new Window(base, size, target));
    }

    @Override
    public long read(long address, int bytes, long nowPs) {
        Window window = window(address);
        return window == null
                ? otherwise.read(address, bytes, nowPs)
                : window.target().read(address - window.base(), bytes);
    }

    @Override
    public long roundTripPs(long address) {
        return window(address) == null ? otherwise.roundTripPs(address) : 0;
    }

    @Override
    public void write(long address, byte[] data, long nowPs) {
        Window window = window(address);
        if (window == null) {
            otherwise.write(address, data, nowPs);
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        long value = data.length == Integer.BYTES ? buffer.getInt() : buffer.getLong();
        window.target().write(address - window.base(), data.length, value);
    }

    /** Registers near the cores take no deferrable writes. */
    @Override
    public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
        if (window(address) == null) {
            otherwise.writeDeferrable(address, data, answer);
        } else {
            NOBODY.writeDeferrable(address, data, answer);
        }
    }

    private Window window(long address) {
        Map.Entry<Long, Window> below = windows.floorEntry(address);
        return below != null && below.getValue().holds(address) ? below.getValue() : null;
    }
}
