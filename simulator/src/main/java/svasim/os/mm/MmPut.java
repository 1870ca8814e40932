package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/** mmput: gives a reference on the contents back; the last one tears them down. */
final class MmPut {
    private static final Procedure<MmPut> MMPUT =
            Procedure.<MmPut>named("mmput")
                    .sleeping("drop mm_users", 50_000, MmPut::dropUsers)
                    .sleeping("mmdrop", 30_000, MmPut::dropCount)
                    .build();

    private final Mm mm;
    private final Node holder;
    private final boolean own;

    private MmPut(Mm mm, Node holder, boolean own) {
        this.mm = mm;
        this.holder = holder;
        this.own = own;
    }

    static Call<?> call(Mm mm, Node holder) {
        return new Call<>(MMPUT, new MmPut(mm, holder, true));
    }

    /** By somebody who never got what he puts. */
    static Call<?> ofOther(Mm mm, Node holder) {
        return new Call<>(MMPUT, new MmPut(mm, holder, false));
    }

    private Next dropUsers(Cpu cpu) {
        boolean last = own ? mm.dropUsers(holder) : mm.dropUsersOfOther(holder);
        return last ? Next.call(ExitMmap.call(mm)) : Next.DONE;
    }

    private Next dropCount(Cpu cpu) {
        mm.ends().forEach(end -> end.contentsGone(mm));
        return Next.call(mm.drop(mm.contents()));
    }
}
