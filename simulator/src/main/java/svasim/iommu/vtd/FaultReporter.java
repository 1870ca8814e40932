package svasim.iommu.vtd;

import svasim.iommu.core.Surroundings;
import svasim.trace.Kind;

/** Reports faults to software: in the fault recording registers, or in the log if that is on. */
final class FaultReporter {
    private final FaultRecords records;
    private final FaultLog log;
    private final Surroundings around;

    FaultReporter(FaultRecords records, FaultLog log, Surroundings around) {
        this.records = records;
        this.log = log;
        this.around = around;
    }

    /** Reports the fault of a request, unless FPD keeps it back or there is no room. */
    void report(VtdInquiry inquiry) {
        if (inquiry.suppressed()) {
            return;
        }
        long low = FaultRecord.low(inquiry);
        long high = FaultRecord.high(inquiry.fault(), inquiry);
        if (log.active() ? log.append(low, high) : records.append(low, high)) {
            around.trace()
                    .tell(
                            Kind.FAULT_RECORDED,
                            around.lane(),
                            inquiry.fault().code(),
                            inquiry.requesterId(),
                            inquiry.address());
        }
    }

    /** Translation was switched off: both begin anew. */
    void restart() {
        records.restart();
        log.restart();
    }
}
