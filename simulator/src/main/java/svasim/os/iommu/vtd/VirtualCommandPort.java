package svasim.os.iommu.vtd;

import java.util.function.IntConsumer;
import svasim.cpu.Cpu;
import svasim.iommu.vtd.RegisterOffset;
import svasim.iommu.vtd.VirtualCommand;
import svasim.os.iommu.PasidSource;
import svasim.os.iommu.UnitRegisters;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Mutex;

/** Gets PASIDs from the software that emulates the unit: virtual commands (VCMD, VCRSP). */
final class VirtualCommandPort implements PasidSource {
    private static final long POLL_PS = 100_000;

    private static final Procedure<Command> ALLOCATE =
            Procedure.<Command>named("vcmd_alloc_pasid")
                    .sleeping("take register lock", 40_000, Command::lock)
                    .sleeping("write VCMD", POLL_PS, Command::write)
                    .sleeping("wait for VCRSP", POLL_PS, Command::await)
                    .sleeping("take PASID of response", 20_000, Command::take)
                    .build();

    private static final Procedure<Command> FREE =
            Procedure.<Command>named("vcmd_free_pasid")
                    .sleeping("take register lock", 40_000, Command::lock)
                    .sleeping("write VCMD", POLL_PS, Command::write)
                    .sleeping("wait for VCRSP", POLL_PS, Command::await)
                    .sleeping("release register lock", 20_000, Command::take)
                    .build();

    private final UnitRegisters registers;
    private final Mutex lock;

    /**
     * @param name of the unit
     */
    VirtualCommandPort(UnitRegisters registers, String name) {
        this.registers = registers;
        this.lock = new Mutex("VCMD of " + name);
    }

    @Override
    public Call<?> allocate(IntConsumer granted) {
        return new Call<>(ALLOCATE, new Command(this, VirtualCommand.allocate(), granted));
    }

    @Override
    public Call<?> free(int pasid) {
        return new Call<>(FREE, new Command(this, VirtualCommand.free(pasid), none -> {}));
    }

    /** One command under way. */
    private static final class Command {
        private final VirtualCommandPort port;
        private final long vcmd;
        private final IntConsumer granted;
        private long response;

        Command(VirtualCommandPort port, long vcmd, IntConsumer granted) {
            this.port = port;
            this.vcmd = vcmd;
            this.granted = granted;
        }

        Next lock(Cpu cpu) {
            return port.lock.take(this);
        }

        Next write(Cpu cpu) {
            port.registers.write64(cpu, RegisterOffset.VCMD, vcmd);
            return Next.ON;
        }

        Next await(Cpu cpu) {
            response = port.registers.read64(cpu, RegisterOffset.VCRSP);
            return VirtualCommand.isRunning(response) ? Next.AGAIN : Next.ON;
        }

        Next take(Cpu cpu) {
            port.lock.give(this);
            if (VirtualCommand.status(response) == VirtualCommand.SUCCESS) {
                granted.accept(VirtualCommand.pasid(response));
            }
            return Next.DONE;
        }
    }
}
