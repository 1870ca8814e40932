package svasim.iommu.vtd;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/**
 * CCMD, IVA and IOTLB: invalidation by registers, in legacy mode with the queue off (VT-d 4.x,
 * 10.4.7 and 10.4.8; gone with major version 6).
 */
final class RegisterInvalidation implements RegisterBlock {
    private static final long START = 1L << 63;
    private static final int CONTEXT_ASKED = 61;
    private static final int CONTEXT_DONE = 59;
    private static final int IOTLB_ASKED = 60;
    private static final int IOTLB_DONE = 57;
    private static final long IOTLB_DOMAIN = 0xFFFFL << 32;

    private final int iotlbOffset;
    private final RemappingMode mode;
    private final Capabilities capabilities;
    private final InvalidationQueue queue;
    private final Invalidator invalidator;

    private final Register64 contextCommand = new Register64(-1L);
    private final Register64 address = new Register64(-1L);
    private final Register64 iotlbCommand = new Register64(-1L);

    RegisterInvalidation(
            Capabilities capabilities,
            RemappingMode mode,
            InvalidationQueue queue,
            Invalidator invalidator) {
        this.iotlbOffset = capabilities.iotlbOffset;
        this.capabilities = capabilities;
        this.mode = mode;
        this.queue = queue;
        this.invalidator = invalidator;
    }

    @Override
    public boolean has(int offset) {
        int register = offset & -Long.BYTES;
        return capabilities.registerInvalidation()
                && (register == RegisterOffset.CCMD
                        || register == iotlbOffset
                        || register == iotlbOffset + Long.BYTES);
    }

    /** IVA is write-only. */
    @Override
    public int read(int offset) {
        if ((offset & -Long.BYTES) == RegisterOffset.CCMD) {
            return contextCommand.half(offset);
        }
        return offset >= iotlbOffset + Long.BYTES ? iotlbCommand.half(offset) : 0;
    }

    @Override
    public void write(int offset, int value) {
        int register = offset & -Long.BYTES;
        if (register == iotlbOffset) {
            address.half(offset, value);
            return;
        }
        Register64 command = register == RegisterOffset.CCMD ? contextCommand : iotlbCommand;
        if ((command.value() & START) != 0) {
            return;
        }
        command.half(offset, value);
        if (offset != register && (command.value() & START) != 0) {
            if (command == contextCommand) {
                startContext(field(contextCommand, CONTEXT_ASKED));
            } else {
                startIotlb(field(iotlbCommand, IOTLB_ASKED));
            }
            finish();
        }
    }

    /** Requests under way have been answered, perhaps: completes what is done. */
    void finish() {
        if (invalidator.drained()) {
            contextCommand.value(contextCommand.value() & ~START);
            iotlbCommand.value(iotlbCommand.value() & ~START);
        }
    }

    private void startContext(int granularity) {
        int used = allowed() ? granularity : 0;
        int domain = (int) contextCommand.value() & 0xFFFF;
        int source = (int) (contextCommand.value() >>> 16) & 0xFFFF;
        switch (used) {
            case 1 -> invalidator.allContexts();
            case 2 -> invalidator.contextsOfDomain(domain);
            case 3 -> invalidator.contextsOfDevice(domain, source, functionMask());
            default -> {
                // Refused: the granularity that is reported is 0.
            }
        }
        report(contextCommand, CONTEXT_DONE, used);
    }

    private int functionMask() {
        return Descriptor.functionMask(contextCommand.value() >>> 32 << 48);
    }

    private void startIotlb(int granularity) {
        long word = address.value();
        int used = allowed() ? supported(granularity, word) : 0;
        int domain = (int) ((iotlbCommand.value() & IOTLB_DOMAIN) >>> 32);
        switch (used) {
            case 1 -> invalidator.allTranslations();
            case 2 -> invalidator.translationsOfDomain(domain);
            case 3 ->
                    invalidator.secondStagePages(
                            domain,
                            Descriptor.address(word),
                            Descriptor.addressMask(word),
                            Descriptor.leavesOnly(word));
            default -> {
                // Refused: the granularity that is reported is 0.
            }
        }
        report(iotlbCommand, IOTLB_DONE, used);
    }

    /** Without page-selective invalidation the domain is invalidated instead. */
    private int supported(int granularity, long word) {
        if (granularity != 3) {
            return granularity;
        }
        if (!capabilities.has("CAP.PSI")) {
            return 2;
        }
        return Descriptor.addressMask(word) > capabilities.maxAddressMask ? 0 : 3;
    }

    private boolean allowed() {
        return !queue.enabled() && mode.tableMode() == RootTable.LEGACY;
    }

    private static int field(Register64 register, int shift) {
        return (int) (register.value() >>> shift) & 3;
    }

    private static void report(Register64 register, int shift, int granularity) {
        register.value(register.value() & ~(3L << shift) | (long) granularity << shift);
    }
}
