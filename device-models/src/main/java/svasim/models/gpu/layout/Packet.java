package svasim.models.gpu.layout;

import svasim.device.Words;
import svasim.models.gpu.config.GpuWork;

/**
 * A dispatch packet, 64 bytes. The processor takes it when its first two bytes say that it is
 * valid; software writes them last.
 *
 * @param elements of the destination
 * @param parameter stride, hops or degree
 * @param signal virtual address of 8 bytes that the device sets to {@link #DONE} or {@link
 *     #FAULTED}
 */
public record Packet(
        GpuWork.Kernel kernel,
        long elements,
        long from,
        long into,
        long index,
        int parameter,
        long signal) {
    public static final int BYTES = 64;
    public static final long PENDING = 1;
    public static final long DONE = 0;
    public static final long FAULTED = 2;

    private static final int INVALID = 0;
    private static final int DISPATCH = 2;
    private static final int KERNEL = 2;
    private static final int PARAMETER = 4;
    private static final int ELEMENTS = 8;
    private static final int FROM = 16;
    private static final int INTO = 24;
    private static final int INDEX = 32;
    private static final int SIGNAL = 56;

    /** A packet of a kernel that does not exist has this many elements and no kernel. */
    public boolean isLegal() {
        return kernel != null && elements > 0;
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Words.put(bytes, 0, Short.BYTES, DISPATCH);
        Words.put(bytes, KERNEL, Short.BYTES, kernel.ordinal());
        Words.put(bytes, PARAMETER, Integer.BYTES, parameter);
        Words.put(bytes, ELEMENTS, Long.BYTES, elements);
        Words.put(bytes, FROM, Long.BYTES, from);
        Words.put(bytes, INTO, Long.BYTES, into);
        Words.put(bytes, INDEX, Long.BYTES, index);
        Words.put(bytes, SIGNAL, Long.BYTES, signal);
        return bytes;
    }

    /** Whether software has finished the packet. */
    public static boolean isValid(byte[] bytes) {
        return Words.u16(bytes, 0) != INVALID;
    }

    public static Packet of(byte[] bytes) {
        GpuWork.Kernel[] kernels = GpuWork.Kernel.values();
        int number = Words.u16(bytes, KERNEL);
        boolean known = Words.u16(bytes, 0) == DISPATCH && number < kernels.length;
        return new Packet(
                known ? kernels[number] : null,
                Words.u64(bytes, ELEMENTS),
                Words.u64(bytes, FROM),
                Words.u64(bytes, INTO),
                Words.u64(bytes, INDEX),
                Words.u32(bytes, PARAMETER),
                Words.u64(bytes, SIGNAL));
    }
}
