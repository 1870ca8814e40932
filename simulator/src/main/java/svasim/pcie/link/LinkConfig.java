package svasim.pcie.link;

import java.util.List;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A link; absent keys take these defaults.
 *
 * @param generation generation of PCI Express, 1 to 6; generation 6 sends flits, which carry
 *     acknowledgements and credits
 * @param lanes how many lanes it has: 1, 2, 4, 8, 12, 16 or 32
 * @param flight time from the last bit sent to the packet being processed at the other end, ports
 *     included
 * @param maxPayload largest payload that either end takes, 128 B to 4 KiB
 * @param queue packets of one flow class that wait for the link at its sender
 * @param credits buffer of each receiver
 * @param replayBuffer bytes of packets that the sender keeps until they are acknowledged; absent:
 *     enough never to wait for an acknowledgement at full rate
 * @param bitErrorRate probability that a bit is received wrongly, at most 1e-3; PCI Express wants
 *     at most 1e-12 (Base 5.0, 8.4)
 * @param onDie whether this is no PCI Express link but what joins an integrated endpoint to the
 *     root complex: no acknowledgements, credits come back at once
 * @param lateness how much later than usual a posted packet or a completion may arrive: the range
 *     of a choice point, without effect on plain runs; 0 asks nothing
 * @source generation, lanes, onDie, bitErrorRate: chosen
 * @source flight, queue: assumed; a profile says where its own are from
 * @source maxPayload: assumed: what common hosts allow
 * @source credits: see there
 * @source replayBuffer: of what an acknowledgement takes at full rate
 * @source lateness: assumed
 */
public record LinkConfig(
        Integer generation,
        Integer lanes,
        Picoseconds flight,
        ByteSize maxPayload,
        Integer queue,
        CreditConfig credits,
        ByteSize replayBuffer,
        Double bitErrorRate,
        Boolean onDie,
        Picoseconds lateness) {
    private static final List<Integer> LANES = List.of(1, 2, 4, 8, 12, 16, 32);
    private static final int CREDIT_BYTES = 16;
    private static final int FLITS = 6;

    /** Forward error correction; assumed. */
    private static final long CORRECTION_PS = 2_000;

    private static final int PACKETS_ON_TOP = 4;
    private static final double MAX_ERROR_RATE = 1e-3;

    public LinkConfig {
        generation = generation == null ? 4 : generation;
        lanes = lanes == null ? 8 : lanes;
        flight = flight == null ? Picoseconds.ofNanos(75) : flight;
        maxPayload = maxPayload == null ? new ByteSize(256) : maxPayload;
        queue = queue == null ? 32 : queue;
        credits = credits == null ? new CreditConfig() : credits;
        bitErrorRate = bitErrorRate == null ? 0.0 : bitErrorRate;
        onDie = onDie != null && onDie;
        lateness = lateness == null ? Picoseconds.ofMicros(1) : lateness;
        Require.range("generation", generation, 1, 6);
        Require.oneOf("lanes", lanes, LANES);
        Require.powerOfTwo("maxPayload", maxPayload.bytes());
        Require.range("maxPayload", maxPayload.bytes(), 128, 4096);
        Require.positive("queue", queue);
        Require.that(
                bitErrorRate >= 0 && bitErrorRate <= MAX_ERROR_RATE,
                "bitErrorRate",
                bitErrorRate,
                "0 to 1e-3");
        Require.that(
                credits.postedData() >= maxPayload.bytes() / CREDIT_BYTES,
                "credits",
                credits.postedData(),
                "posted data for at least one packet of " + maxPayload);
    }

    /** All defaults: generation 4, eight lanes. */
    public LinkConfig() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    /** A link of this generation and width. */
    public static LinkConfig of(int generation, int lanes) {
        return of(generation, lanes, null);
    }

    /** A link of this generation, width and largest payload. */
    public static LinkConfig of(int generation, int lanes, ByteSize maxPayload) {
        return new LinkConfig(
                generation, lanes, null, maxPayload, null, null, null, null, null, null);
    }

    /**
     * Bytes that a data link packet takes on the wire; flits and on-die links have a place for it.
     */
    int dllpBytes() {
        return onDie || generation >= FLITS ? 0 : DllpCodec.WIRE_BYTES;
    }

    /** Flight, in flit mode with forward error correction. */
    long flightPs() {
        return flight.value() + (generation >= FLITS && !onDie ? CORRECTION_PS : 0);
    }

    /** Size of the replay buffer in bytes. */
    long replayBufferBytes(DataLinkTimes times) {
        if (replayBuffer != null) {
            return replayBuffer.bytes();
        }
        long turnPs = 2 * (flightPs() + times.ackLimitPs());
        Serialiser wire = new Serialiser(generation, lanes);
        long perPacketPs = wire.timePs((int) maxPayload.bytes());
        return maxPayload.bytes() * (turnPs / perPacketPs + PACKETS_ON_TOP);
    }

    /** What joins an integrated endpoint to the root complex: wide and short. */
    public static LinkConfig internal() {
        Picoseconds flight = Picoseconds.ofNanos(10);
        return new LinkConfig(5, 16, flight, null, null, null, null, null, true, null);
    }
}
