package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * iommu_report_device_fault as a bug has it (S53): the device is found, and what is kept of it is
 * looked at a while later, with nothing in between that keeps it.
 */
final class UnlockedReport {
    private static final Procedure<UnlockedReport> REPORT =
            Procedure.<UnlockedReport>named("iommu_report_device_fault")
                    .sleeping("device found", 50_000, (frame, cpu) -> Next.ON)
                    .sleeping("use fault parameter", 50_000, UnlockedReport::report)
                    .build();

    private final IoPageFaults faults;
    private final PageRequest request;
    private final Node found;

    private UnlockedReport(IoPageFaults faults, PageRequest request, Node found) {
        this.faults = faults;
        this.request = request;
        this.found = found;
    }

    static Call<?> call(IoPageFaults faults, PageRequest request, Node found) {
        return new Call<>(REPORT, new UnlockedReport(faults, request, found));
    }

    private Next report(Cpu cpu) {
        return Next.call(faults.report(request, found));
    }
}
