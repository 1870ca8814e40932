package svasim.pcie.fabric;

import svasim.pcie.config.BridgeHeader;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * The root complex; absent keys take these defaults.
 *
 * @param agentId requester ID of the translation agents and of what the host sends
 * @param request time from the arrival of a request to its translation
 * @param completion time from data out of memory to the completion at the port
 * @param reads where devices' reads find their data
 * @param writes where devices' writes become visible
 * @param completions how the answer to a read is cut
 * @param readCompletionBoundary boundary at which completions are cut, 64 or 128 bytes
 * @param peerToPeer whether requests of one port go on to devices behind another, translated or, as
 *     far as access control services of the port permit, past the IOMMU
 * @param inFlight requests of one port in progress at once, of each kind; more stay on the link
 * @param writeBuffer where posted writes are while they are in progress
 * @param interruptBase address from which untranslated writes are message-signalled interrupts
 * @param interruptSize bytes from there that are interrupts
 * @param mmioBase address from which BARs are placed, upwards
 * @source agentId, interruptBase, interruptSize, mmioBase: chosen; FEE0_0000h is the x86 interrupt
 *     range (Intel SDM 3A, 11.11)
 * @source request, completion, inFlight, writeBuffer: assumed; a profile says where its own are
 *     from
 * @source reads, writes, completions, peerToPeer: chosen
 * @source readCompletionBoundary: PCI Express Base 5.0, 2.3.1.1: 64 or 128 bytes; that of a root
 *     complex
 */
public record RootComplexConfig(
        Integer agentId,
        Picoseconds request,
        Picoseconds completion,
        DataPlace reads,
        DataPlace writes,
        CompletionPolicy completions,
        Integer readCompletionBoundary,
        Boolean peerToPeer,
        Integer inFlight,
        WriteBufferConfig writeBuffer,
        ByteSize interruptBase,
        ByteSize interruptSize,
        ByteSize mmioBase) {
    private static final long WINDOW = 1L << BridgeHeader.WINDOW_SHIFT;

    /** Where data is. */
    public enum DataPlace {
        /** Last-level cache: warm for reads, direct cache access for writes. */
        LLC,
        /** Memory behind all caches: cold. */
        DRAM
    }

    /** The two legal ways seen in hardware (pcie-bench). */
    public enum CompletionPolicy {
        /** The largest piece that ends on a read completion boundary. */
        LARGEST,
        /** A piece at each read completion boundary. */
        EACH_BOUNDARY
    }

    public RootComplexConfig {
        agentId = agentId == null ? 0x0008 : agentId;
        request = request == null ? Picoseconds.ofNanos(40) : request;
        completion = completion == null ? Picoseconds.ofNanos(20) : completion;
        reads = reads == null ? DataPlace.DRAM : reads;
        writes = writes == null ? DataPlace.LLC : writes;
        completions = completions == null ? CompletionPolicy.LARGEST : completions;
        readCompletionBoundary = readCompletionBoundary == null ? 64 : readCompletionBoundary;
        peerToPeer = peerToPeer == null || peerToPeer;
        inFlight = inFlight == null ? 64 : inFlight;
        writeBuffer = writeBuffer == null ? new WriteBufferConfig(null, null) : writeBuffer;
        interruptBase = interruptBase == null ? new ByteSize(0xFEE0_0000L) : interruptBase;
        interruptSize = interruptSize == null ? new ByteSize(0x10_0000L) : interruptSize;
        mmioBase = mmioBase == null ? new ByteSize(0x2000_0000_0000L) : mmioBase;
        Require.range("agentId", agentId, 0, 0xFFFF);
        Require.that(
                readCompletionBoundary == 64 || readCompletionBoundary == 128,
                "readCompletionBoundary",
                readCompletionBoundary,
                "64 or 128");
        Require.positive("inFlight", inFlight);
        Require.that(mmioBase.bytes() % WINDOW == 0, "mmioBase", mmioBase, "a multiple of 1MiB");
    }

    /** All defaults. */
    public RootComplexConfig() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
