package svasim.units;

/** A number of bytes; never negative. Written with its unit: {@code "8KiB"}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** What a reader of configuration should have found where this type is wanted. */
    public static final String EXPECTED =
            "a size with its unit (B, KiB, MiB, GiB, TiB), such as \"8KiB\"";

    private static final Scale SCALE =
            new Scale(EXPECTED)
                    .unit("B", 1)
                    .unit("KiB", 1L << 10)
                    .unit("MiB", 1L << 20)
                    .unit("GiB", 1L << 30)
                    .unit("TiB", 1L << 40);

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes + " B");
        }
    }

    public static ByteSize ofKiB(long kib) {
        return new ByteSize(Math.multiplyExact(kib, 1L << 10));
    }

    public static ByteSize ofMiB(long mib) {
        return new ByteSize(Math.multiplyExact(mib, 1L << 20));
    }

    public static ByteSize ofGiB(long gib) {
        return new ByteSize(Math.multiplyExact(gib, 1L << 30));
    }

    /**
     * @throws IllegalArgumentException if the text is no size, has no unit or is a part of a byte
     */
    public static ByteSize parse(String text) {
        return new ByteSize(SCALE.parse(text));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact form, for example {@code 64KiB}; {@link #parse} reads it. */
    @Override
    public String toString() {
        return SCALE.format(bytes);
    }
}
