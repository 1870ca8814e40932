package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Tells the card where its interrupt goes. */
final class CardProbe {
    private static final Procedure<DmaBenchDriver> PROBE =
            Procedure.<DmaBenchDriver>named("dma_bench_probe")
                    .sleeping("set up interrupt", 200_000, CardProbe::setUpInterrupt)
                    .build();

    private CardProbe() {}

    static Call<?> call(DmaBenchDriver driver) {
        return new Call<>(PROBE, driver);
    }

    private static Next setUpInterrupt(DmaBenchDriver driver, Cpu cpu) {
        Interrupts.Message message = driver.message();
        driver.write(cpu, CardRegister.MESSAGE_ADDRESS, message.address());
        driver.write(cpu, CardRegister.MESSAGE_DATA, message.data());
        if (driver.config().addressing().isMirrored()) {
            Interrupts.Message fault = driver.faultMessage();
            driver.write(cpu, CardRegister.FAULT_ADDRESS, fault.address());
            driver.write(cpu, CardRegister.FAULT_DATA, fault.data());
        }
        return Next.DONE;
    }
}
