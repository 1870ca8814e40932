package svasim.models.gpu.config;

import svasim.units.Require;

/**
 * One dispatch, as a program's {@code submit} step asks for it. Buffers are arrays of 8-byte
 * elements; each lane makes one element of the destination.
 *
 * @param kernel what each lane does
 * @param from source
 * @param into destination, whose elements are counted
 * @param index array of numbers of elements, for {@link Kernel#GATHER} and {@link Kernel#GRAPH}
 * @param stride distance of neighbouring lanes' elements, for {@link Kernel#STRIDED}
 * @param hops dependent reads of each lane, for {@link Kernel#CHASE}
 * @param degree neighbours of each node, for {@link Kernel#GRAPH}
 * @source kernel, from, into, index: the program says so; by default a stream
 * @source stride, hops, degree: chosen
 */
public record GpuWork(
        Kernel kernel,
        String from,
        String into,
        String index,
        Integer stride,
        Integer hops,
        Integer degree) {
    /** Access patterns. */
    public enum Kernel {
        /** Neighbouring lanes take neighbouring elements. */
        STREAM,
        /** Neighbouring lanes take elements that lie a stride apart. */
        STRIDED,
        /** Each lane takes the element that an index array names. */
        GATHER,
        /** Each lane follows a chain: the element that was read names the next. */
        CHASE,
        /** A square matrix is mirrored: rows are read, columns are written. */
        TRANSPOSE,
        /** Each lane adds the values of its node's neighbours in a graph. */
        GRAPH
    }

    public GpuWork {
        kernel = kernel == null ? Kernel.STREAM : kernel;
        stride = stride == null ? 64 : stride;
        hops = hops == null ? 8 : hops;
        degree = degree == null ? 4 : degree;
        Require.that(from != null, "from", "nothing", "a buffer");
        Require.that(into != null, "into", "nothing", "a buffer");
        boolean indexed = kernel == Kernel.GATHER || kernel == Kernel.GRAPH;
        Require.that(!indexed || index != null, "index", "nothing", "a buffer");
        Require.positive("stride", stride);
        Require.range("hops", hops, 1, 1 << 16);
        Require.range("degree", degree, 1, 64);
    }
}
