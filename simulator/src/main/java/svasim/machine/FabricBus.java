package svasim.machine;

import svasim.cpu.Bus;
import svasim.pcie.fabric.DeferredAnswer;
import svasim.pcie.fabric.RootComplex;

/** The cores' way to the devices. */
record FabricBus(RootComplex rootComplex) implements Bus {
    @Override
    public long read(long address, int bytes, long nowPs) {
        return rootComplex.readMmio(address, bytes);
    }

    @Override
    public long roundTripPs(long address) {
        return rootComplex.mmioRoundTripPs(address);
    }

    @Override
    public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
        rootComplex.writeDeferrable(address, data, answer);
    }

    @Override
    public void write(long address, byte[] data, long nowPs) {
        rootComplex.writeMmio(address, data);
    }
}
