package svasim.iommu.vtd;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/**
 * GCMD, GSTS, RTADDR and IRTA (VT-d 5.10, 11.4.4 and 11.4.5). A write-buffer flush (WBF) is over at
 * once: this unit buffers no writes.
 */
final class GlobalCommand implements RegisterBlock {

    private final Capabilities capabilities;
    private final RemappingMode mode;
    private final InvalidationQueue queue;
    private final Invalidator invalidator;
    private final FaultReporter faults;
    private final FaultLog faultLog;
    private final Register64 root;
    private final Register64 interruptTable = new Register64(-1L);

    /** Status bits that are not kept elsewhere. */
    private int latched;

    GlobalCommand(
            Capabilities capabilities,
            RemappingMode mode,
            InvalidationQueue queue,
            Invalidator invalidator,
            FaultReporter faults,
            FaultLog faultLog) {
        root = new Register64(RootTable.writable(capabilities));
        this.capabilities = capabilities;
        this.mode = mode;
        this.queue = queue;
        this.invalidator = invalidator;
        this.faults = faults;
        this.faultLog = faultLog;
    }

    @Override
    public boolean has(int offset) {
        int register = offset & -Long.BYTES;
        return register == RegisterOffset.GCMD
                || register == RegisterOffset.RTADDR
                || register == RegisterOffset.IRTA;
    }

    @Override
    public int read(int offset) {
        return switch (offset) {
            case RegisterOffset.GCMD -> 0;
            case RegisterOffset.GSTS ->
                    latched
                            | (mode.translating() ? Command.TRANSLATION : 0)
                            | (faultLog.latched() ? Command.SET_FAULT_LOG : 0)
                            | (faultLog.active() ? Command.FAULT_LOG : 0)
                            | (queue.enabled() ? Command.QUEUE : 0);
            default -> register(offset).half(offset);
        };
    }

    @Override
    public void write(int offset, int value) {
        switch (offset) {
            case RegisterOffset.GCMD -> command(value);
            case RegisterOffset.GSTS -> {
                // Read-only.
            }
            default -> register(offset).half(offset, value);
        }
    }

    /** One-shot commands first: a driver may set the root and switch on in one write. */
    private void command(int value) {
        if ((value & Command.SET_ROOT) != 0) {
            setRoot();
        }
        if ((value & Command.SET_INTERRUPT_TABLE) != 0 && capabilities.has("ECAP.IR")) {
            latched |= Command.SET_INTERRUPT_TABLE;
        }
        if ((value & Command.SET_FAULT_LOG) != 0) {
            faultLog.latch();
        }
        faultLog.activate((value & Command.FAULT_LOG) != 0);
        switchQueue((value & Command.QUEUE) != 0);
        switchTranslation((value & Command.TRANSLATION) != 0);
        int interrupts =
                capabilities.has("ECAP.IR") ? Command.INTERRUPTS | Command.COMPATIBILITY : 0;
        latched = latched & ~interrupts | value & interrupts;
        if (!mode.translating() && (latched & Command.INTERRUPTS) == 0) {
            faults.restart();
        }
    }

    private void setRoot() {
        mode.rootAddress(root.value());
        latched |= Command.SET_ROOT;
        if (capabilities.has("CAP.ESRTPS")) {
            invalidator.everything();
        }
        queue.goOn();
    }

    private void switchQueue(boolean on) {
        if (on && !queue.enabled() && capabilities.has("ECAP.QI")) {
            queue.enable();
        } else if (!on && queue.enabled()) {
            queue.disable();
        }
    }

    /** Without a root there is nothing to translate with. */
    private void switchTranslation(boolean on) {
        boolean before = mode.translating();
        mode.translating(on && (latched & Command.SET_ROOT) != 0);
        if (mode.translating() != before) {
            invalidator.switched();
        }
    }

    private Register64 register(int offset) {
        return (offset & -Long.BYTES) == RegisterOffset.RTADDR ? root : interruptTable;
    }
}
