package svasim.iommu.vtd;

import svasim.iommu.core.RegisterBlock;

/** VER, RegisterOffset.CAP and RegisterOffset.ECAP (VT-d 5.10, 11.4.1 to 11.4.3). */
final class Identification implements RegisterBlock {
    private static final int END = 0x18;

    private final Capabilities capabilities;

    Identification(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    @Override
    public boolean has(int offset) {
        return offset >= 0 && offset < END;
    }

    @Override
    public int read(int offset) {
        return switch (offset) {
            case 0 -> capabilities.version;
            case RegisterOffset.CAP -> (int) capabilities.cap;
            case RegisterOffset.CAP + Integer.BYTES -> (int) (capabilities.cap >>> Integer.SIZE);
            case RegisterOffset.ECAP -> (int) capabilities.ecap;
            case RegisterOffset.ECAP + Integer.BYTES -> (int) (capabilities.ecap >>> Integer.SIZE);
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int value) {}
}
