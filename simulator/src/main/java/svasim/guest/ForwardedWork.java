package svasim.guest;

import java.util.function.Supplier;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** One thing that the monitor's thread does for the emulated IOMMU of a guest. */
final class ForwardedWork {
    private static final Procedure<ForwardedWork> WORK =
            Procedure.<ForwardedWork>named("viommu_forward")
                    .sleeping("read what the guest has changed", 500_000, ForwardedWork::begin)
                    .sleeping("tell the guest's unit", 200_000, ForwardedWork::end)
                    .build();

    private final Supplier<Call<?>> what;
    private final Runnable then;

    private ForwardedWork(Supplier<Call<?>> what, Runnable then) {
        this.what = what;
        this.then = then;
    }

    /**
     * @param what is asked when the thread comes to it
     * @param then run when it is done
     */
    static Call<?> call(Supplier<Call<?>> what, Runnable then) {
        return new Call<>(WORK, new ForwardedWork(what, then));
    }

    private Next begin(Cpu cpu) {
        return Next.call(what.get());
    }

    private Next end(Cpu cpu) {
        then.run();
        return Next.DONE;
    }
}
