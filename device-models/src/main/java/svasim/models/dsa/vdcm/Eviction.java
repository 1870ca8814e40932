package svasim.models.dsa.vdcm;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.SetPasid;

/** Work with a number of the guest ends, whatever the guest has done, and the number is let go. */
record Eviction(VirtualDsa device, SetPasid number) {
    private static final Procedure<Eviction> EVICT =
            Procedure.<Eviction>named("vdcm_release_pasid")
                    .sleeping("abort PASID of guest", 100_000, Eviction::abort)
                    .sleeping("ioasid_put of VDCM", 40_000, Eviction::put)
                    .build();

    static Call<?> call(VirtualDsa device, SetPasid number) {
        return new Call<>(EVICT, new Eviction(device, number));
    }

    private Next abort(Cpu cpu) {
        number.tellAction("abort", device.real().requesterId());
        return Next.call(device.real().command(Command.ABORT_PASID, number.host()));
    }

    private Next put(Cpu cpu) {
        number.put(device.name());
        return Next.DONE;
    }
}
