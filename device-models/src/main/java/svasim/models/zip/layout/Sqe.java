package svasim.models.zip.layout;

import svasim.device.Words;

/**
 * Entry of a submission queue, 128 bytes: where the data lies and where the result goes. The engine
 * writes the first 16 bytes back, see {@link #result}.
 *
 * @param inputBytes length of the source
 * @param roomBytes length of the destination
 * @param format {@link #ZLIB} or {@link #GZIP}
 * @param tag of the program's own
 */
public record Sqe(
        long source, int inputBytes, long destination, int roomBytes, int format, int tag) {
    public static final int BYTES = 128;

    /** What the engine writes back: consumed, produced, length of the data, status. */
    public static final int RESULT_BYTES = 16;

    public static final int ZLIB = 2;
    public static final int GZIP = 3;

    private static final int CONSUMED = 0;
    private static final int PRODUCED = 4;
    private static final int STATUS = 12;
    private static final int INPUT = 16;
    private static final int FORMAT = 36;
    private static final int TAG = 52;
    private static final int ROOM = 56;
    private static final int SOURCE = 72;
    private static final int DESTINATION = 80;
    private static final int FORMAT_MASK = 0xFF;

    /**
     * What became of an entry.
     *
     * @param consumed bytes of the source that were used
     * @param produced bytes in the destination
     */
    public record Result(Status status, int consumed, int produced) {}

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Words.put(bytes, INPUT, Integer.BYTES, inputBytes);
        Words.put(bytes, FORMAT, Integer.BYTES, format);
        Words.put(bytes, TAG, Integer.BYTES, tag);
        Words.put(bytes, ROOM, Integer.BYTES, roomBytes);
        Words.put(bytes, SOURCE, Long.BYTES, source);
        Words.put(bytes, DESTINATION, Long.BYTES, destination);
        return bytes;
    }

    public static Sqe of(byte[] bytes) {
        return new Sqe(
                Words.u64(bytes, SOURCE),
                Words.u32(bytes, INPUT),
                Words.u64(bytes, DESTINATION),
                Words.u32(bytes, ROOM),
                Words.u32(bytes, FORMAT) & FORMAT_MASK,
                Words.u32(bytes, TAG));
    }

    /** The bytes that the engine writes back. */
    public static byte[] resultBytes(Result result) {
        byte[] bytes = new byte[RESULT_BYTES];
        Words.put(bytes, CONSUMED, Integer.BYTES, result.consumed());
        Words.put(bytes, PRODUCED, Integer.BYTES, result.produced());
        Words.put(bytes, STATUS, Integer.BYTES, result.status().code());
        return bytes;
    }

    /** What the engine has written back. */
    public static Result result(byte[] bytes) {
        return new Result(
                Status.of(Words.u32(bytes, STATUS)),
                Words.u32(bytes, CONSUMED),
                Words.u32(bytes, PRODUCED));
    }
}
