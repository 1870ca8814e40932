package svasim.models.dsa.vdcm;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.SetPasid;

/** A virtual machine gets and loses its virtual DSA. */
final class Composition {
    private static final Procedure<VirtualDsa> OPEN =
            Procedure.<VirtualDsa>named("idxd_vdcm_open")
                    .sleeping("reset virtual registers", 500_000, Composition::reset)
                    .sleeping("register for PASIDs", 200_000, Composition::register)
                    .build();

    private static final Procedure<VirtualDsa> CLOSE =
            Procedure.<VirtualDsa>named("idxd_vdcm_release")
                    .sleeping("wait for commands of guest", 100_000, Composition::flush)
                    .sleeping("end work of every PASID", 100_000, Composition::evictNext)
                    .sleeping("unregister", 200_000, Composition::unregister)
                    .build();

    private Composition() {}

    static Call<?> open(VirtualDsa device) {
        return new Call<>(OPEN, device);
    }

    static Call<?> close(VirtualDsa device) {
        return new Call<>(CLOSE, device);
    }

    private static Next reset(VirtualDsa device, Cpu cpu) {
        device.registers().enabled(false);
        return Next.ON;
    }

    private static Next register(VirtualDsa device, Cpu cpu) {
        device.host().numbers().add(device);
        return Next.DONE;
    }

    private static Next flush(VirtualDsa device, Cpu cpu) {
        return Next.call(device.thread().flush());
    }

    private static Next evictNext(VirtualDsa device, Cpu cpu) {
        List<SetPasid> held = device.held();
        return held.isEmpty() ? Next.ON : new Next.EnterAgain(Eviction.call(device, held.get(0)));
    }

    private static Next unregister(VirtualDsa device, Cpu cpu) {
        device.host().numbers().remove(device);
        return Next.DONE;
    }
}
