package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** idxd_remove: lets the device finish, then switches it off. */
final class IdxdRemove {
    private static final Procedure<IdxdRemove> REMOVE =
            Procedure.<IdxdRemove>named("idxd_remove")
                    .sleeping("drain all", 50_000, IdxdRemove::drain)
                    .sleeping("disable device", 50_000, IdxdRemove::disable)
                    .build();

    private final DsaDriver driver;

    private IdxdRemove(DsaDriver driver) {
        this.driver = driver;
    }

    static Call<?> call(DsaDriver driver) {
        return new Call<>(REMOVE, new IdxdRemove(driver));
    }

    private Next drain(Cpu cpu) {
        return Next.call(new IdxdCommand(driver, Command.DRAIN_ALL, 0).call());
    }

    private Next disable(Cpu cpu) {
        return Next.call(new IdxdCommand(driver, Command.DISABLE_DEVICE, 0).call());
    }
}
