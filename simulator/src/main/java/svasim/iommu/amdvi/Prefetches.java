package svasim.iommu.amdvi;

import svasim.iommu.core.InquiryPipeline;
import svasim.paging.Access;

/**
 * PREFETCH_IOMMU_PAGES (5): looks up what a device is going to ask for, so that the IOTLB has it.
 * Software is told of no fault. How PFCount counts is not sourced: here it is the number of pages,
 * of the size that the address codes, and at least one.
 */
final class Prefetches {
    private static final int LOOK = Access.READ | Access.TRANSLATION_REQUEST;

    private final InquiryPipeline<Translation> pipeline;
    private final long lookupPs;
    private int underWay;

    Prefetches(InquiryPipeline<Translation> pipeline, long lookupPs) {
        this.pipeline = pipeline;
        this.lookupPs = lookupPs;
    }

    void start(Command command) {
        long page = command.address() & -1L << command.rangeShift();
        for (int i = 0; i < Math.max(command.prefetchCount(), 1); i++) {
            Translation look = pipeline.open();
            long address = page + ((long) i << command.rangeShift());
            look.prefetch(command.deviceId(), command.prefetchPasid(), address, LOOK);
            if (command.prefetchInvalidates()) {
                look.readTables();
            }
            underWay++;
            pipeline.submit(look, lookupPs);
        }
    }

    /** One page has been looked up. */
    void answered() {
        underWay--;
    }

    /** Pages that are being looked up. */
    int underWay() {
        return underWay;
    }
}
