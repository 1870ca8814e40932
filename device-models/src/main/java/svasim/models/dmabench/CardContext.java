package svasim.models.dmabench;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DriverHost;
import svasim.device.ProcessMirror;
import svasim.device.QueueRegion;
import svasim.os.iommu.DmaApi;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.sva.Bond;
import svasim.os.sva.DomainAttachment;
import svasim.os.sva.Sva;
import svasim.pcie.tlp.PasidPrefix;

/** What the driver keeps for the file that has the card. */
final class CardContext {
    private final CardPins pins = new CardPins();
    private Bond bond;
    private ProcessMirror mirror;
    private DomainAttachment attachment;
    private DmaBuffer window;
    private DmaBuffer ring;
    private long address;
    private long bytes;
    private boolean running;
    private QueueRegion region;
    private boolean started;

    /** The bond with the opener's address space; null if the DMA API is used. */
    Bond bond() {
        return bond;
    }

    void bond(Bond made) {
        bond = made;
    }

    /** Ends the bond, and then lets go of the pages that only a bond can reach. */
    Call<?> unbind(Sva sva) {
        return pins.isEmpty()
                ? sva.unbind(bond)
                : Call.sequence(List.of(sva.unbind(bond), pins.unpin()));
    }

    /** The copy of the opener's page table in the card, or null. */
    ProcessMirror mirror() {
        return mirror;
    }

    void mirror(ProcessMirror made) {
        mirror = made;
    }

    /** Pages that the driver keeps in place for the card. */
    CardPins pins() {
        return pins;
    }

    /** Keeps the pages that are to be measured in place. */
    Call<?> pinWindow() {
        return pins.pin(bond.mm(), address, bytes);
    }

    /** The domain of the driver's own that the window lies in, or null. */
    DomainAttachment attachment() {
        return attachment;
    }

    void attachment(DomainAttachment made) {
        attachment = made;
    }

    /** Where the window is mapped. */
    DmaApi windowDma(DriverHost host) {
        return attachment == null ? host.dma() : attachment.domain();
    }

    /** Unmaps the window, if it is mapped, and lets go of the domain; the card is idle. */
    Call<?> giveWindowBack(DriverHost host) {
        List<Call<?>> calls = new ArrayList<>();
        if (window.isMapped()) {
            calls.add(windowDma(host).unmap(window));
        }
        if (attachment != null) {
            host.sva().deviceStopped(attachment);
            calls.add(host.sva().detach(attachment));
        }
        return Call.sequence(calls);
    }

    /** PASID of accesses to what is measured. */
    int pasid() {
        if (bond != null) {
            return bond.requestPasid();
        }
        return attachment == null ? PasidPrefix.NONE : attachment.pasid();
    }

    /** Memory of a driver's mapping to be measured, or null. */
    DmaBuffer window() {
        return window;
    }

    void window(DmaBuffer buffer) {
        window = buffer;
    }

    /** What is measured lies here, in the opener's address space. */
    void window(long bufferAddress, long bufferBytes) {
        address = bufferAddress;
        bytes = bufferBytes;
    }

    long address() {
        return window == null ? address : window.iova();
    }

    /** Bytes to be measured. */
    long bytes(DmaBenchConfig config) {
        return window == null ? bytes : config.window().bytes();
    }

    /** The card's own queues, or null. */
    DmaBuffer ring() {
        return ring;
    }

    void ring(DmaBuffer buffer) {
        ring = buffer;
    }

    /**
     * Makes the bookkeeping of a mapping of the registers.
     *
     * @return null if there is a mapping already
     */
    QueueRegion mapOnce(DriverHost host) {
        if (region != null && !region.isFreed()) {
            return null;
        }
        region = new QueueRegion(host.name(), host.platform());
        return region;
    }

    /** Whether the queue takes work (UACCE_Q_STARTED). */
    boolean isStarted() {
        return started;
    }

    void startQueue() {
        started = true;
    }

    /** Whether a measurement has been started and its end not been seen. */
    boolean isRunning() {
        return running;
    }

    void running(boolean now) {
        running = now;
    }
}
