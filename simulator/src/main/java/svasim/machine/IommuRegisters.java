package svasim.machine;

import svasim.cpu.RegisterWindows;
import svasim.iommu.core.Iommu;

/** The registers of an IOMMU, as a window on the cores' bus. */
record IommuRegisters(Iommu iommu) implements RegisterWindows.Target {
    @Override
    public long read(long offset, int bytes) {
        return iommu.readRegister(offset, bytes);
    }

    @Override
    public void write(long offset, int bytes, long value) {
        iommu.writeRegister(offset, bytes, value);
    }
}
