package svasim.iommu.smmuv2;

import svasim.iommu.core.AddressRange;
import svasim.iommu.core.InquiryPipeline;
import svasim.iommu.core.PagingCaches;
import svasim.iommu.core.Surroundings;
import svasim.trace.Kind;

/**
 * Invalidation of translations by register (reference smmuv2.md 1 and 3). Entries go at once; a
 * synchronisation waits for requests under way.
 */
final class Maintenance {
    private static final int LOW_ASID = 0xFF;
    private static final int ASID_SHIFT = 48;

    /** An operand names an address by its bits 55 to 12, from bit 0 on. */
    private static final int ADDRESS_ABOVE = 20;

    private static final int ADDRESS_SIGN = 8;

    private final PagingCaches caches;
    private final ContextAttributes attributes;
    private final InquiryPipeline<Transaction> pipeline;
    private final Surroundings around;
    private long drainPoint;

    Maintenance(
            PagingCaches caches,
            ContextAttributes attributes,
            InquiryPipeline<Transaction> pipeline,
            Surroundings around) {
        this.caches = caches;
        this.attributes = attributes;
        this.pipeline = pipeline;
        this.around = around;
    }

    /** TLBIALLNSNH. */
    void dropAll() {
        removed("TLBIALLNSNH", caches.drop(0, 0));
    }

    /** TLBIALLH: there are no such contexts. */
    void dropNothing() {
        removed("TLBIALLH", 0);
    }

    /** TLBIVMID. */
    void dropVmid(int vmid) {
        removed("TLBIVMID", caches.drop(Tags.of(0, vmid, 0), Tags.VMID));
    }

    /** An operation on the translations of a context bank. */
    void execute(TlbOperation operation, ContextBank bank, long operand) {
        int vmid = attributes.vmid(bank.number());
        long space = Tags.of(attributes.type(bank.number()), vmid, 0);
        int removed =
                switch (operation) {
                    case TLBIVA, TLBIVAL ->
                            dropPage(
                                    space | asid(bank, operand >>> ASID_SHIFT),
                                    AddressRange.page(page(operand)),
                                    operation.leaf());
                    case TLBIVAA ->
                            caches.drop(
                                    space,
                                    Tags.TYPE | Tags.VMID,
                                    AddressRange.page(page(operand)),
                                    false);
                    case TLBIASID -> dropAsid(space | asid(bank, operand));
                    case TLBIALL -> caches.drop(space, Tags.TYPE | Tags.VMID);
                    case TLBIIPAS2, TLBIIPAS2L ->
                            caches.drop(
                                    Tags.stage2(vmid),
                                    Tags.TYPE | Tags.VMID,
                                    AddressRange.page(page(operand)),
                                    operation.leaf());
                };
        removed(operation, removed);
    }

    private static long asid(ContextBank bank, long operand) {
        boolean wide = TranslationControl.wideAsid(bank.word(BankRegister.TCR2));
        return operand & (wide ? Tags.ASID : LOW_ASID);
    }

    private static long page(long operand) {
        return operand << ADDRESS_ABOVE >> ADDRESS_SIGN;
    }

    private int dropAsid(long tag) {
        return caches.drop(tag, Tags.TYPE | Tags.VMID | Tags.ASID | Tags.GLOBAL);
    }

    /** A page of one ASID, and a global one. */
    private int dropPage(long tag, AddressRange page, boolean leaf) {
        long mask = Tags.TYPE | Tags.VMID | Tags.GLOBAL;
        return caches.drop(tag, mask | Tags.ASID, page, leaf)
                + caches.drop(Tags.global(tag), mask, page, leaf);
    }

    private void removed(Object what, int entries) {
        around.trace().tell(Kind.CACHE_INVALIDATED, around.lane(), entries, 0, 0, what);
        drainPoint = pipeline.drainPoint();
    }

    /** A synchronisation of everything until now. */
    Synchronisation newSynchronisation() {
        return new Synchronisation();
    }

    /** TLBSYNC and its status: active until nothing uses what was invalidated before. */
    final class Synchronisation {
        private static final int ACTIVE = 1;

        private boolean pending;
        private long point;

        void begin() {
            point = drainPoint;
            pending = true;
            status();
        }

        /** Bit 0: active. */
        int status() {
            pending = pending && !pipeline.drained(point);
            return pending ? ACTIVE : 0;
        }
    }
}
