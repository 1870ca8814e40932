package svasim.models.gpu.pattern;

import svasim.models.gpu.layout.Packet;

/**
 * What one wavefront does: a few memory instructions, each with what the one before has loaded.
 * Lanes work on elements that follow each other.
 */
public abstract class WaveProgram {
    /** Lanes of a wavefront. */
    public static final int LANES = 64;

    private static final long[] NOTHING = {};

    final Packet packet;
    final long first;
    final int lanes;
    private int step;

    WaveProgram(Packet packet, long first) {
        this.packet = packet;
        this.first = first;
        this.lanes = (int) Math.min(LANES, packet.elements() - first);
    }

    /** The program of the wavefront that begins at an element. */
    public static WaveProgram of(Packet packet, long first) {
        return switch (packet.kernel()) {
            case STREAM, STRIDED, TRANSPOSE -> new Copy(packet, first);
            case GATHER -> new Gather(packet, first);
            case CHASE -> new Chase(packet, first);
            case GRAPH -> new Graph(packet, first);
        };
    }

    /** Wavefronts of a dispatch. */
    public static long waves(Packet packet) {
        return (packet.elements() + LANES - 1) / LANES;
    }

    /**
     * The next instruction.
     *
     * @param loaded by lane, what the instruction before has read
     * @return null when the program has ended
     */
    public final Instruction next(long[] loaded) {
        return at(step++, loaded);
    }

    /**
     * The program as it is before its next instruction.
     *
     * @param loaded by lane, what the instruction before has read
     */
    public final WaveState state(long[] loaded) {
        return new WaveState(first, step, loaded, own().clone());
    }

    /** Goes on where a program of the same packet and elements was. */
    public final void resume(WaveState state) {
        step = state.step();
        System.arraycopy(state.sums(), 0, own(), 0, own().length);
    }

    /** What the program keeps from one instruction to the next, by lane. */
    long[] own() {
        return NOTHING;
    }

    abstract Instruction at(int number, long[] loaded);

    /** Reads of the source, by lane. */
    final Instruction readSource(LaneElement element) {
        return Instruction.read(addresses(packet.from(), element));
    }

    final Instruction readIndex(LaneElement element) {
        return Instruction.read(addresses(packet.index(), element));
    }

    final Instruction writeResult(LaneElement element, long[] values) {
        return Instruction.write(addresses(packet.into(), element), values);
    }

    private long[] addresses(long base, LaneElement element) {
        long[] addresses = new long[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            addresses[lane] = base + Long.BYTES * element.of(lane);
        }
        return addresses;
    }

    /** Which element a lane means. */
    interface LaneElement {
        long of(int lane);
    }
}
