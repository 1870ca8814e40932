package svasim.models.gpu.pattern;

import svasim.device.Words;

/**
 * A wavefront between two instructions, as it is saved and restored.
 *
 * @param first element that it works on
 * @param step number of the instruction that is next
 * @param loaded by lane, what the instruction before has read
 * @param sums what the program keeps of its own, by lane
 */
public record WaveState(long first, int step, long[] loaded, long[] sums) {
    /** Room that a saved wavefront takes; assumed, real ones need several KiB for registers. */
    public static final int BYTES = 2048;

    private static final int STEP = 8;
    private static final int LOADED = 16;
    private static final int SUMS = LOADED + WaveProgram.LANES * Long.BYTES;

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Words.put(bytes, 0, Long.BYTES, first);
        Words.put(bytes, STEP, Long.BYTES, step);
        put(bytes, LOADED, loaded);
        put(bytes, SUMS, sums);
        return bytes;
    }

    public static WaveState of(byte[] bytes) {
        return new WaveState(
                Words.u64(bytes, 0),
                Words.u32(bytes, STEP),
                words(bytes, LOADED),
                words(bytes, SUMS));
    }

    private static void put(byte[] bytes, int at, long[] words) {
        for (int lane = 0; lane < words.length; lane++) {
            Words.put(bytes, at + lane * Long.BYTES, Long.BYTES, words[lane]);
        }
    }

    private static long[] words(byte[] bytes, int at) {
        long[] words = new long[WaveProgram.LANES];
        for (int lane = 0; lane < words.length; lane++) {
            words[lane] = Words.u64(bytes, at + lane * Long.BYTES);
        }
        return words;
    }
}
