package svasim.models.nic.config;

import svasim.units.Bandwidth;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * The card and how its driver maps memory; absent keys take these defaults, which are those of
 * common cards of 100 Gb/s or assumed.
 *
 * @param queues queue pairs; an open file has one
 * @param ring descriptors of a transmit and of a receive ring
 * @param rate of the wire, which virtual functions share with their physical function
 * @param limit highest rate at which this function has frames sent; absent for none
 * @param arbitration how virtual functions share the wire of this physical function
 * @param wireLatency from the last bit sent to the packet being received
 * @param packetBuffer bytes of packets that wait in the card for memory
 * @param prefetch receive descriptors that the card holds for a queue
 * @param coalescePackets completions that make an interrupt at once
 * @param coalesceTime after the first completion there is an interrupt at the latest
 * @param mapping for how long pages of packets are mapped
 * @param together pages that are mapped at once, at addresses that follow each other, and unmapped
 *     at once after the last of their packets; a quarter of a ring at most
 * @param ats whether the card has a translation cache of its own
 * @param stack time that the network stack takes for each packet
 * @param writesAgain an erratum: so long after a packet is in memory, the card writes it once more;
 *     absent for none
 * @param corruptEvery an erratum: one of so many received packets has a wrong bit in memory; 0 for
 *     none
 * @param onDemand the card reads and writes memory of processes, and brings in their pages; of the
 *     keys before only those count then that are of queues, rings and the wire; absent for a card
 *     with rings of packets
 * @source queues, ring, prefetch, coalescePackets, coalesceTime: assumed, as common drivers set
 *     them
 * @source rate: a card of 100 Gb/s
 * @source limit, arbitration, mapping, together, ats, onDemand: chosen
 * @source wireLatency, packetBuffer, stack: assumed
 * @source writesAgain, corruptEvery: chosen: a card without errata
 */
public record NicConfig(
        Integer queues,
        Integer ring,
        Bandwidth rate,
        Bandwidth limit,
        Arbitration arbitration,
        Picoseconds wireLatency,
        ByteSize packetBuffer,
        Integer prefetch,
        Integer coalescePackets,
        Picoseconds coalesceTime,
        Mapping mapping,
        Integer together,
        Boolean ats,
        Picoseconds stack,
        Picoseconds writesAgain,
        Integer corruptEvery,
        OnDemandConfig onDemand) {
    /** For how long the DMA API maps the page of a packet. */
    public enum Mapping {
        /** For this packet only. */
        PACKET,
        /** As long as the file is open (page pool). */
        POOL
    }

    public NicConfig {
        queues = queues == null ? 8 : queues;
        ring = ring == null ? 256 : ring;
        rate = rate == null ? new Bandwidth(12_500_000_000L) : rate;
        arbitration = arbitration == null ? Arbitration.FRAMES : arbitration;
        wireLatency = wireLatency == null ? Picoseconds.ofNanos(500) : wireLatency;
        packetBuffer = packetBuffer == null ? ByteSize.ofKiB(512) : packetBuffer;
        prefetch = prefetch == null ? 64 : prefetch;
        coalescePackets = coalescePackets == null ? 32 : coalescePackets;
        coalesceTime = coalesceTime == null ? Picoseconds.ofMicros(8) : coalesceTime;
        mapping = mapping == null ? Mapping.PACKET : mapping;
        together = together == null ? 1 : together;
        ats = ats != null && ats;
        stack = stack == null ? Picoseconds.ofNanos(100) : stack;
        corruptEvery = corruptEvery == null ? 0 : corruptEvery;
        Require.range("queues", queues, 1, 64);
        Require.powerOfTwo("ring", ring);
        Require.range("ring", ring, 8, 4096);
        Require.range("together", together, 1, Math.max(1, ring / 4));
        Require.range("packetBuffer", packetBuffer.bytes(), 4096, 1 << 30);
        Require.range("prefetch", prefetch, 1, 4096);
        Require.positive("coalescePackets", coalescePackets);
        Require.range("corruptEvery", corruptEvery, 0, Integer.MAX_VALUE);
    }

    /** All defaults. */
    public NicConfig() {
        this(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }
}
