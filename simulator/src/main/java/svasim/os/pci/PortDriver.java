package svasim.os.pci;

import java.util.function.Function;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ResetDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.pcie.config.AerCapability;
import svasim.pcie.config.BridgeHeader;
import svasim.pcie.config.ErrorSeverity;
import svasim.pcie.config.RootErrorCapability;
import svasim.pcie.config.SlotRegisters;
import svasim.trace.Kind;

/**
 * Driver of one port with a link below (pcieport): hears of errors and of links that go down. Its
 * threads are started by the first interrupt of their kind, since most ports never have one.
 */
public final class PortDriver {
    private static final String LOG = "kernel log";

    private final PciePort port;
    private final Platform platform;
    private final Function<PciDevice, Call<?>> removals;
    private final int aer;
    private final ThreadedInterrupt errors;
    private final ThreadedInterrupt slot;
    private boolean errorsStarted;
    private boolean slotStarted;

    /**
     * Takes the port into use.
     *
     * @param removals what takes a device away; null if it is away already
     */
    public PortDriver(PciePort port, Platform platform, Function<PciDevice, Call<?>> removals) {
        this.port = port;
        this.platform = platform;
        this.removals = removals;
        this.aer = port.space().findExtended(AerCapability.ID);
        this.errors = new ThreadedInterrupt("aerdrv " + port.name());
        this.slot = new ThreadedInterrupt("pciehp " + port.name());
        if (port.isRoot()) {
            int command = aer + RootErrorCapability.COMMAND;
            port.space().write(command, Integer.BYTES, RootErrorCapability.ALL_INTERRUPTS);
        }
        port.space().write(SlotRegisters.SLOT_CONTROL, Short.BYTES, SlotRegisters.INTERRUPTS);
    }

    PciePort port() {
        return port;
    }

    /** Offset of the port's error registers. */
    int aer() {
        return aer;
    }

    /** The interrupt of the port: looks in the registers what it is about. */
    public void interrupt(long nowPs) {
        if (port.isRoot() && read(aer + RootErrorCapability.STATUS, Integer.BYTES) != 0) {
            if (!errorsStarted) {
                errorsStarted = true;
                start("aerdrv", AerThread.call(this, errors));
            }
            errors.raise();
        }
        if ((read(SlotRegisters.SLOT_STATUS, Short.BYTES) & SlotRegisters.LINK_CHANGED) != 0) {
            if (!slotStarted) {
                slotStarted = true;
                start("pciehp", HotPlugThread.call(this, slot));
            }
            slot.raise();
        }
    }

    private void start(String name, Call<?> thread) {
        platform.scheduler().start("irq/" + name + " " + port.name(), Priority.INTERRUPT, thread);
    }

    private int read(int offset, int bytes) {
        return port.space().read(offset, bytes);
    }

    /** The thread has seen that the link has changed. */
    void acknowledgeSlot() {
        port.space().write(SlotRegisters.SLOT_STATUS, Short.BYTES, SlotRegisters.LINK_CHANGED);
    }

    Call<?> removal(PciDevice device) {
        return removals.apply(device);
    }

    /** Resets a device: by its bus if it is alone there, and else by itself. */
    Call<?> reset(PciDevice device) {
        return port.behind().get().size() == 1
                ? ResetDevice.ofBus(device, platform, this::resetSecondaryBus)
                : ResetDevice.call(device, platform);
    }

    private void resetSecondaryBus() {
        int control = port.space().read(BridgeHeader.BRIDGE_CONTROL, Short.BYTES);
        int reset = control | BridgeHeader.SECONDARY_BUS_RESET;
        port.space().write(BridgeHeader.BRIDGE_CONTROL, Short.BYTES, reset);
        port.space().write(BridgeHeader.BRIDGE_CONTROL, Short.BYTES, control);
    }

    /** What the kernel writes into its log. */
    void log(ErrorSeverity severity, ErrorStatus status) {
        int lane = platform.trace().lane(LOG);
        platform.trace().tell(Kind.ERROR_LOGGED, lane, severity.ordinal(), 0, 0, status.toString());
    }
}
