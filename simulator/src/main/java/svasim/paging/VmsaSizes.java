package svasim.paging;

/**
 * Sizes of a stage of VMSAv8-64.
 *
 * @param inputBits bits of the input that are translated, 64 - TxSZ
 * @param startLevel level of the first table, in the count of {@link VmsaFormat#level}
 * @param outputBits effective output size in bits: the smaller of what the context says (IPS, S2PS)
 *     and what the unit has
 */
public record VmsaSizes(int inputBits, int startLevel, int outputBits) {
    /** Stage 1: the input size fixes the start level. */
    public static VmsaSizes ofStage1(VmsaStage1Format format, int inputBits, int outputBits) {
        int level = 1;
        while (format.shift(level) + format.indexBits() < inputBits) {
            level++;
        }
        return new VmsaSizes(inputBits, level, outputBits);
    }

    /** Bytes of the first table or tables, to which their address is aligned. */
    long rootBytes(VmsaFormat format) {
        return (long) Long.BYTES << inputBits - format.shift(startLevel);
    }
}
