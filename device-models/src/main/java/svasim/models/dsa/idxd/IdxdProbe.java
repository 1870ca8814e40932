package svasim.models.dsa.idxd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.models.dsa.config.GroupConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Register;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** idxd_pci_probe: resets and configures the device and enables it with all its queues. */
final class IdxdProbe {
    private static final Procedure<IdxdProbe> PROBE =
            Procedure.<IdxdProbe>named("idxd_pci_probe")
                    .sleeping("read capabilities", 200_000, IdxdProbe::readCapabilities)
                    .sleeping("set up interrupt", 200_000, IdxdProbe::setUpInterrupt)
                    .sleeping("reset device", 50_000, IdxdProbe::reset)
                    .sleeping("write WQCFG", 100_000, IdxdProbe::configureQueues)
                    .sleeping("write GRPCFG", 100_000, IdxdProbe::configureGroups)
                    .sleeping("enable device", 50_000, IdxdProbe::enableDevice)
                    .sleeping("enable WQs", 50_000, IdxdProbe::enableNextQueue)
                    .build();

    /** idxd_device_reinit, for a device that has halted. */
    private static final Procedure<IdxdProbe> REINIT =
            Procedure.<IdxdProbe>named("idxd_device_reinit")
                    .sleeping("reset device", 50_000, IdxdProbe::reset)
                    .sleeping("write WQCFG", 100_000, IdxdProbe::configureQueues)
                    .sleeping("write GRPCFG", 100_000, IdxdProbe::configureGroups)
                    .sleeping("enable device", 50_000, IdxdProbe::enableDevice)
                    .sleeping("enable WQs", 50_000, IdxdProbe::enableNextQueue)
                    .build();

    /** What of it a reset has undone. */
    private static final Procedure<IdxdProbe> RESTORE =
            Procedure.<IdxdProbe>named("idxd_device_config_restore")
                    .sleeping("set up interrupt", 50_000, IdxdProbe::setUpInterrupt)
                    .sleeping("write WQCFG", 100_000, IdxdProbe::configureQueues)
                    .sleeping("write GRPCFG", 100_000, IdxdProbe::configureGroups)
                    .sleeping("enable device", 50_000, IdxdProbe::enableDevice)
                    .sleeping("enable WQs", 50_000, IdxdProbe::enableNextQueue)
                    .build();

    private static final Procedure<IdxdProbe> SET_UP_LOG =
            Procedure.<IdxdProbe>named("idxd_device_evl_setup")
                    .sleeping("dma_alloc_coherent", 100_000, IdxdProbe::allocateLog)
                    .step("write EVLCFG", 100_000, IdxdProbe::configureLog)
                    .build();

    private final DsaDriver driver;
    private int enabled;

    private IdxdProbe(DsaDriver driver) {
        this.driver = driver;
    }

    static Call<?> call(DsaDriver driver) {
        return new Call<>(PROBE, new IdxdProbe(driver));
    }

    /** Sets a device up anew that has halted; files and their PASIDs stay. */
    static Call<?> again(DsaDriver driver) {
        return new Call<>(REINIT, new IdxdProbe(driver));
    }

    /** The device has been reset: the driver knows what its queues were. */
    static Call<?> restore(DsaDriver driver) {
        return new Call<>(RESTORE, new IdxdProbe(driver));
    }

    private Next readCapabilities(Cpu cpu) {
        driver.registers().readOffsets(cpu);
        return Next.ON;
    }

    private Next setUpInterrupt(Cpu cpu) {
        Interrupts.Message message = driver.message(cpu);
        driver.registers().writeVector(cpu, message.address(), message.data());
        return Next.ON;
    }

    private Next reset(Cpu cpu) {
        return Next.call(new IdxdCommand(driver, Command.RESET_DEVICE, 0).call());
    }

    private Next configureQueues(Cpu cpu) {
        for (DriverQueue queue : driver.queues()) {
            driver.registers().writeQueue(cpu, queue.number(), queue.registers());
        }
        return Next.ON;
    }

    private Next configureGroups(Cpu cpu) {
        List<GroupConfig> groups = driver.config().groupList();
        int engine = 0;
        for (int number = 0; number < groups.size(); number++) {
            GroupConfig group = groups.get(number);
            long engines = (1L << group.engines()) - 1 << engine;
            engine += group.engines();
            Grpcfg registers =
                    new Grpcfg()
                            .members(queuesOf(number), engines)
                            .buffers(
                                    group.readBuffersReserved(),
                                    group.readBuffersAllowed(),
                                    group.useReadBufferLimit())
                            .limits(group.descProgressLimit(), group.batchProgressLimit());
            driver.registers().writeGroup(cpu, number, registers);
        }
        if (driver.hasEventLog()) {
            return Next.call(new Call<>(SET_UP_LOG, this));
        }
        if (driver.config().readBufferLimit() > 0) {
            writeGeneral(cpu, 0);
        }
        return Next.ON;
    }

    private Next allocateLog(Cpu cpu) {
        DmaBuffer memory = driver.events().log().memory();
        return memory.isMapped() ? Next.ON : Next.call(driver.host().dma().map(memory));
    }

    /** Without memory for the log the device goes on as one that has none. */
    private Next configureLog(Cpu cpu) {
        boolean mapped = driver.events().log().memory().isMapped();
        if (mapped) {
            driver.events().configure(cpu);
        }
        writeGeneral(cpu, mapped ? Register.GENCFG_EVENT_LOG : 0);
        return Next.DONE;
    }

    private void writeGeneral(Cpu cpu, long switches) {
        driver.registers()
                .write(cpu, Register.GENCFG, driver.config().readBufferLimit() | switches);
    }

    private long queuesOf(int group) {
        return driver.queues().stream()
                .filter(queue -> queue.config().groupId() == group)
                .mapToLong(queue -> 1L << queue.number())
                .reduce(0, (one, other) -> one | other);
    }

    private Next enableDevice(Cpu cpu) {
        return Next.call(new IdxdCommand(driver, Command.ENABLE_DEVICE, 0).ofReset().call());
    }

    private Next enableNextQueue(Cpu cpu) {
        if (enabled == driver.queues().size()) {
            return Next.DONE;
        }
        Call<?> call = new IdxdCommand(driver, Command.ENABLE_WQ, enabled++).ofReset().call();
        return new Next.EnterAgain(call);
    }
}
