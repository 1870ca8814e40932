package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Register;
import svasim.os.defect.Defect;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** idxd_cdev_mmap: maps the limited portal of the file's queue, one page, for the opener only. */
final class IdxdMmap {
    private static final Procedure<IdxdMmap> MMAP =
            Procedure.<IdxdMmap>named("idxd_cdev_mmap")
                    .step("map portal", 200_000, IdxdMmap::map)
                    .build();

    private final OpenFile file;
    private final DeviceMapping mapping;

    private IdxdMmap(OpenFile file, DeviceMapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    static Call<?> call(OpenFile file, DeviceMapping mapping) {
        return new Call<>(MMAP, new IdxdMmap(file, mapping));
    }

    private Next map(Cpu cpu) {
        UserQueue context = file.context(UserQueue.class);
        if (context == null) {
            mapping.refuse("the file is not open");
        } else if (mapping.mm() != file.openedBy() && !context.has(Defect.S15)) {
            mapping.refuse("only the opener's address space may map the portal");
        } else if (mapping.bytes() > Register.PORTAL_BYTES) {
            mapping.refuse("a portal is one page");
        } else {
            mapping.at(context.mapPortal(mapping.mm()));
        }
        return Next.DONE;
    }
}
