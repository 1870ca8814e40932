package svasim.os.iommu.smmuv2;

import java.util.HashSet;
import java.util.Set;
import svasim.cpu.Cpu;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitSite;

/**
 * The wires of the unit, with a thread for each that is in use: number 0 for global faults, those
 * of context banks behind it by their IRPTNDX.
 */
final class FaultInterrupts {
    private static final int GLOBAL_WIRE = 0;
    private static final int FIRST_CONTEXT_WIRE = 1;

    private final Unit unit;
    private final UnitSite site;
    private final Set<Integer> heard = new HashSet<>();

    FaultInterrupts(Unit unit) {
        this.unit = unit;
        this.site = unit.site();
    }

    /** Global faults are heard from now on. */
    void listen(Cpu cpu) {
        ThreadedInterrupt interrupt = new ThreadedInterrupt(site.name() + "-global");
        interrupt.connect(cpu, GLOBAL_WIRE, site, GlobalFaultThread.call(unit, interrupt));
    }

    /** Faults of the context banks with an IRPTNDX are heard from now on. */
    void listen(Cpu cpu, int index) {
        if (heard.add(index)) {
            ThreadedInterrupt interrupt = new ThreadedInterrupt(site.name() + "-context" + index);
            interrupt.connect(
                    cpu,
                    FIRST_CONTEXT_WIRE + index,
                    site,
                    ContextFaultThread.call(unit, index, interrupt));
        }
    }
}
