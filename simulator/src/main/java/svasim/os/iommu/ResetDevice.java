package svasim.os.iommu;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.os.task.Platform;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Reset of a device whose translations stay in use (pci_reset_function with
 * pci_dev_reset_iommu_prepare and _done), of the function or of the bus. While the device cannot
 * answer invalidations nothing may have to be invalidated in it: all its entries are cut before,
 * and come back after. Meanwhile no address space can be bound to its group.
 */
public final class ResetDevice {
    /** A function is ready again 100 ms after the reset (PCIe Base 5.0, 6.6.2). */
    private static final long READY_PS = 100_000_000_000L;

    private static final String SET = "set next PASID";
    private static final String ADMIT = "admit new bonds";
    private static final String FUNCTION_LEVEL = "Initiate Function Level Reset";

    private static final Procedure<ResetDevice> RESET =
            procedure("pci_reset_function", FUNCTION_LEVEL);

    private static final Procedure<ResetDevice> RESET_BUS =
            procedure("pci_bus_error_reset", "Secondary Bus Reset");

    private static Procedure<ResetDevice> procedure(String name, String reset) {
        return Procedure.<ResetDevice>named(name)
                .sleeping("refuse new bonds", 20_000, ResetDevice::refuseBonds)
                .sleeping("attach blocked domain", 50_000, ResetDevice::block)
                .sleeping("tear down next PASID", 50_000, ResetDevice::cutNext)
                .sleeping("drain next PASID", 50_000, ResetDevice::drainNext)
                .sleeping("disable IOPF of next PASID", 0, ResetDevice::suspendNext)
                .sleeping("disable ATS and PRI", 400_000, ResetDevice::switchOff)
                .sleeping(reset, 400_000, ResetDevice::reset)
                .sleeping("restore PASID, ATS and PRI", 800_000, ResetDevice::restore)
                .sleeping("attach default domain", 50_000, ResetDevice::attach)
                .sleeping(SET, 50_000, ResetDevice::installNext)
                .sleeping("mmput", 50_000, ResetDevice::putMm)
                .sleeping("next PASID", 0, (frame, cpu) -> Next.jump(SET))
                .sleeping(ADMIT, 20_000, ResetDevice::admitBonds)
                .build();
    }

    private final PciDevice device;
    private final Runnable hardware;
    private final IommuDriver iommu;
    private final Platform platform;
    private final Defects defects;
    private final IommuGroup group;
    private PciFeatures.Enabled before;
    private Iterator<PasidEntry> cutting;
    private Iterator<PasidEntry> draining;
    private Iterator<PasidEntry> suspending;
    private final Node node;
    private Iterator<PasidEntry> resuming;
    private PasidEntry entry;
    private boolean held;

    private ResetDevice(PciDevice device, Platform platform, Runnable hardware) {
        this.device = device;
        this.hardware = hardware;
        this.platform = platform;
        this.defects = platform.defects();
        this.node = platform.references().node("reset of " + device);
        this.iommu = device.iommu();
        this.group = device.group();
    }

    /** Resets a device that has an IOMMU above it. */
    public static Call<?> call(PciDevice device, Platform platform) {
        return new Call<>(RESET, new ResetDevice(device, platform, device.features()::reset));
    }

    /**
     * The same by a reset of the bus that it is alone on.
     *
     * @param hardware resets the bus
     */
    public static Call<?> ofBus(PciDevice device, Platform platform, Runnable hardware) {
        return new Call<>(RESET_BUS, new ResetDevice(device, platform, hardware));
    }

    private Next refuseBonds(Cpu cpu) {
        group.resetting(!defects.has(Defect.I_62));
        List<PasidEntry> entries = group.entries(device);
        cutting = entries.iterator();
        draining = entries.iterator();
        suspending = entries.iterator();
        before = device.features().enabled();
        return defects.has(Defect.S40) ? Next.jump(FUNCTION_LEVEL) : Next.ON;
    }

    private Next block(Cpu cpu) {
        return Next.call(iommu.attach(device, DomainType.BLOCKED));
    }

    private Next cutNext(Cpu cpu) {
        return cutting.hasNext() ? new Next.EnterAgain(iommu.tearDown(cutting.next())) : Next.ON;
    }

    private Next drainNext(Cpu cpu) {
        return draining.hasNext() ? new Next.EnterAgain(iommu.drain(draining.next())) : Next.ON;
    }

    /** What an unbind meanwhile need not do again. */
    private Next suspendNext(Cpu cpu) {
        if (!suspending.hasNext()) {
            return Next.ON;
        }
        PasidEntry torn = suspending.next();
        Call<?> leave = iommu.leaveFaults(torn);
        group.suspend(torn.pasid());
        tell(Kind.SUSPENDED, torn);
        return new Next.EnterAgain(leave);
    }

    private Next switchOff(Cpu cpu) {
        device.features().disablePri();
        device.features().disableAts();
        return Next.ON;
    }

    private Next reset(Cpu cpu) {
        hardware.run();
        return Next.sleep(READY_PS);
    }

    private Next restore(Cpu cpu) {
        device.features().restore(before);
        return Next.ON;
    }

    private Next attach(Cpu cpu) {
        resuming = group.entries(device).iterator();
        return Next.call(iommu.attach(device, group.usualDomain()));
    }

    /** Of an address space without users nothing is shown any more. */
    private Next installNext(Cpu cpu) {
        while (resuming.hasNext()) {
            entry = resuming.next();
            if (group.awaitsResumption(entry.pasid()) && isAlive()) {
                group.resume(entry.pasid());
                return Next.call(iommu.install(entry));
            }
        }
        return Next.jump(ADMIT);
    }

    /** Holds the address space, so that it does not end meanwhile. */
    private boolean isAlive() {
        held = entry.space().getUsersUnlessZero(node);
        return held || defects.has(Defect.S45);
    }

    private Next putMm(Cpu cpu) {
        group.resumed();
        if (held) {
            tell(Kind.RESUMED, entry);
        }
        return held ? Next.call(entry.space().putUsers(node)) : Next.ON;
    }

    private void tell(Kind kind, PasidEntry about) {
        Trace trace = platform.trace();
        int mm = about.space().id();
        trace.tell(kind, trace.lane("pasids"), about.pasid(), device.requesterId(), mm);
    }

    private Next admitBonds(Cpu cpu) {
        group.resetting(false);
        return Next.DONE;
    }
}
