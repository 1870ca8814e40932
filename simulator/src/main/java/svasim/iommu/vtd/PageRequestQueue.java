package svasim.iommu.vtd;

import svasim.iommu.core.MemoryQueue;
import svasim.iommu.core.PageRequestBacklog;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** The ring of page requests for software (VT-d 5.10, 7.4 and 11.4.11). */
final class PageRequestQueue implements RegisterBlock {

    private static final long POINTER = 0x7FFE0;
    private static final long BASE_WRITABLE = -1L << 12 | 7;
    private static final int SMALLEST_LOG2 = 7;

    private final MemoryQueue ring = new MemoryQueue();
    private final Register64 head = new Register64(POINTER);
    private final Register64 tail = new Register64(POINTER);
    private final Register64 base = new Register64(BASE_WRITABLE);
    private final EventRegisters event;
    private final Surroundings around;
    private int status;

    PageRequestQueue(EventRegisters event, Surroundings around) {
        this.event = event;
        this.around = around;
        configure();
    }

    @Override
    public boolean has(int offset) {
        return offset >= RegisterOffset.PQH && offset < RegisterOffset.PQA + Long.BYTES
                || offset == RegisterOffset.PRS;
    }

    @Override
    public int read(int offset) {
        return offset == RegisterOffset.PRS ? status : register(offset).half(offset);
    }

    @Override
    public void write(int offset, int value) {
        if (offset == RegisterOffset.PRS) {
            status &= ~(value & (PageRequestStatus.PENDING | PageRequestStatus.OVERFLOW));
            if (status == 0) {
                event.settled();
            }
            return;
        }
        register(offset).half(offset, value);
        configure();
    }

    QueueView view() {
        return new QueueView(
                "page request queue",
                ring,
                words -> {
                    var entry = new PageRequestEntry(words[0], words[1]);
                    return QueueView.pageRequest(entry.pasid(), entry.page(), entry.groupIndex());
                });
    }

    /** PRO: requests are dropped until software clears it. */
    boolean overflowed() {
        return (status & PageRequestStatus.OVERFLOW) != 0;
    }

    PageRequestBacklog backlog() {
        return new PageRequestBacklog(ring.size(), overflowed());
    }

    /** The request finds no room for software to see it. */
    void lost(Tlp.PageRequest request) {
        tell(Kind.PAGE_REQUEST_LOST, request);
    }

    boolean full() {
        return ring.full();
    }

    /** A request found the queue full. */
    void overflow() {
        report(PageRequestStatus.OVERFLOW);
    }

    /** Address that the next entry is written to. */
    long nextAddress() {
        return ring.tailAddress();
    }

    /** Writes the entry and shows it to software; the queue must not be full. */
    void append(Tlp.PageRequest request) {
        long address = ring.tailAddress();
        if (around.memory().answers(address, PageRequestEntry.BYTES)) {
            PageRequestEntry entry = PageRequestEntry.of(request);
            around.memory().writeLong(address, entry.word0());
            around.memory().writeLong(address + 8, entry.word1());
            around.memory().writeLong(address + 16, 0);
            around.memory().writeLong(address + 24, 0);
        }
        ring.advanceTail();
        tail.value((long) ring.tail() * PageRequestEntry.BYTES);
        tell(Kind.PAGE_REQUEST_QUEUED, request);
        report(PageRequestStatus.PENDING);
    }

    private void tell(Kind kind, Tlp.PageRequest request) {
        around.trace()
                .tell(
                        kind,
                        around.lane(),
                        PasidPrefix.number(request.pasid()),
                        request.pageAddress(),
                        request.prgIndex(),
                        request);
    }

    private void report(int condition) {
        boolean quiet = status == 0;
        status |= condition;
        if (quiet) {
            event.raise();
        }
    }

    private void configure() {
        int log2 = SMALLEST_LOG2 + (int) base.value() % 8;
        ring.configure(base.value() & -1L << 12, log2, PageRequestEntry.BYTES, false);
        ring.head(index(head, log2));
        ring.tail(index(tail, log2));
    }

    private static int index(Register64 register, int log2) {
        return (int) register.value() / PageRequestEntry.BYTES & (1 << log2) - 1;
    }

    private Register64 register(int offset) {
        return switch (offset & -Long.BYTES) {
            case RegisterOffset.PQH -> head;
            case RegisterOffset.PQT -> tail;
            default -> base;
        };
    }
}
