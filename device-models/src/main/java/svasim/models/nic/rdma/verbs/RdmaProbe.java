package svasim.models.nic.rdma.verbs;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.models.nic.rdma.layout.CardRegister;
import svasim.os.iommu.DmaApi;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Gives the card its event queue and its ring of commands, and takes them back. */
final class RdmaProbe {
    private static final Procedure<RdmaDriver> PROBE =
            Procedure.<RdmaDriver>named("rdma_probe")
                    .sleeping("dma_alloc_coherent", 50_000, RdmaProbe::allocate)
                    .sleeping("set up card", 200_000, RdmaProbe::setUp)
                    .build();

    private RdmaProbe() {}

    static Call<?> call(RdmaDriver driver) {
        return new Call<>(PROBE, driver);
    }

    /** The card is gone, or nobody uses it. */
    static Call<?> undoing(RdmaDriver driver) {
        DmaApi dma = driver.host().dma();
        return driver.isReady()
                ? Call.sequence(
                        List.of(
                                dma.unmap(driver.events().memory()),
                                dma.unmap(driver.commands().memory())))
                : Call.nothing();
    }

    private static Next allocate(RdmaDriver driver, Cpu cpu) {
        DmaApi dma = driver.host().dma();
        return Next.call(
                Call.sequence(
                        List.of(
                                dma.map(driver.events().memory()),
                                dma.map(driver.commands().memory()))));
    }

    /** Without memory the card cannot be opened. */
    private static Next setUp(RdmaDriver driver, Cpu cpu) {
        if (driver.isReady()) {
            Interrupts.Message message = driver.message();
            driver.events().clear(cpu);
            driver.write(cpu, CardRegister.EVENT_BASE, driver.events().memory().iova());
            driver.write(cpu, CardRegister.EVENT_ENTRIES, EventQueue.ENTRIES);
            driver.write(cpu, CardRegister.MESSAGE_ADDRESS, message.address());
            driver.write(cpu, CardRegister.MESSAGE_DATA, message.data());
            driver.write(cpu, CardRegister.COMMAND_BASE, driver.commands().memory().iova());
            driver.write(cpu, CardRegister.COMMAND_ENTRIES, CommandRing.ENTRIES);
        }
        return Next.DONE;
    }
}
