package svasim.iommu.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Predicate;

/**
 * The requests of the driver (reference virtio-iommu.md 3 and 4), checked in the order of the
 * reference. What the reference leaves open: a request that is cut short, or a range that ends
 * before it begins, is INVAL; IDs and addresses outside the ranges of the configuration space are
 * RANGE; MAP and UNMAP without their feature are unknown like PROBE.
 */
final class Requests {
    private static final int ATTACH_BYPASS = 1;
    private static final int MAP_READ = 1;
    private static final int MAP_WRITE = 1 << 1;
    private static final int MAP_MMIO = 1 << 2;

    private final VirtioConfig config;
    private final DeviceFields fields;
    private final Predicate<Feature> negotiated;
    private final Domains domains;
    private final Invalidations invalidations;

    /**
     * @param negotiated whether driver and device have agreed on a feature
     * @param invalidations is told of every mapping that ceases to be
     */
    Requests(
            VirtioConfig config,
            Predicate<Feature> negotiated,
            Domains domains,
            Invalidations invalidations) {
        this.config = config;
        this.fields = config.fields();
        this.negotiated = negotiated;
        this.domains = domains;
        this.invalidations = invalidations;
    }

    /**
     * Carries out a request.
     *
     * @param request the device-readable part
     * @param writable size of the device-writable part
     * @return what to write there; nothing if the request is not understood
     */
    Answer execute(byte[] request, int writable) {
        RequestType type = request.length == 0 ? null : RequestType.of(request[0]);
        if (type == null || !offered(type) || writable < Answer.TAIL_BYTES) {
            return Answer.NONE;
        }
        Status status =
                request.length < type.bytes()
                        ? Status.INVAL
                        : execute(type, ByteBuffer.wrap(request), writable - Answer.TAIL_BYTES);
        return type == RequestType.PROBE && status == Status.OK
                ? Answer.describing(properties(), writable)
                : Answer.of(status, writable);
    }

    /** What a request is called in traces. */
    static String name(byte[] request) {
        RequestType type = request.length == 0 ? null : RequestType.of(request[0]);
        return type == null ? "unknown request" : type.name();
    }

    private boolean offered(RequestType type) {
        return switch (type) {
            case PROBE -> negotiated.test(Feature.PROBE);
            case MAP, UNMAP -> negotiated.test(Feature.MAP_UNMAP);
            default -> true;
        };
    }

    private Status execute(RequestType type, ByteBuffer request, int room) {
        request.order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case ATTACH -> attach(request);
            case DETACH -> detach(request);
            case MAP -> map(request);
            case UNMAP -> unmap(request);
            case PROBE -> probe(request, room);
        };
    }

    private Status attach(ByteBuffer request) {
        int id = request.getInt(4);
        int endpoint = request.getInt(8);
        int flags = request.getInt(12);
        int known = negotiated.test(Feature.BYPASS_CONFIG) ? ATTACH_BYPASS : 0;
        if (request.getInt(16) != 0 || (flags & ~known) != 0) {
            return Status.INVAL;
        }
        if (!config.known(endpoint)) {
            return Status.NOENT;
        }
        if (!fields.domainInRange(id)) {
            return Status.RANGE;
        }
        boolean bypass = flags != 0;
        Domain domain = domains.get(id);
        if (domain != null && domain.bypass() != bypass) {
            return Status.INVAL;
        }
        if (domain == null || domains.of(endpoint) != domain) {
            move(endpoint, id, bypass);
        }
        return Status.OK;
    }

    private void move(int endpoint, int id, boolean bypass) {
        if (domains.of(endpoint) != null) {
            leave(endpoint);
        } else {
            invalidations.bypassEnded();
        }
        domains.attach(endpoint, id, bypass);
    }

    private Status detach(ByteBuffer request) {
        int endpoint = request.getInt(8);
        if (!config.known(endpoint)) {
            return Status.NOENT;
        }
        Domain domain = domains.of(endpoint);
        if (domain == null || domain != domains.get(request.getInt(4))) {
            return Status.INVAL;
        }
        leave(endpoint);
        return Status.OK;
    }

    /** The domain's other endpoints only lose cached translations. */
    private void leave(int endpoint) {
        int id = domains.of(endpoint).id();
        domains.detach(endpoint);
        invalidations.domain(id);
    }

    private Status map(ByteBuffer request) {
        long start = request.getLong(8);
        long end = request.getLong(16);
        long physical = request.getLong(24);
        int flags = request.getInt(32);
        if (!aligned(start | physical | end + 1) || !fields.inputInRange(start, end)) {
            return Status.RANGE;
        }
        if (Long.compareUnsigned(end, start) < 0 || reserved(start, end)) {
            return Status.INVAL;
        }
        int known = MAP_READ | MAP_WRITE | (negotiated.test(Feature.MMIO) ? MAP_MMIO : 0);
        Domain domain = domains.get(request.getInt(4));
        boolean usable = domain == null || !domain.bypass() && !domain.meets(start, end);
        if ((flags & ~known) != 0 || !usable) {
            return Status.INVAL;
        }
        if (domain == null) {
            return Status.NOENT;
        }
        int permissions = Mapping.permissions((flags & MAP_READ) != 0, (flags & MAP_WRITE) != 0);
        domain.add(new Mapping(start, end, physical, permissions));
        return Status.OK;
    }

    private boolean aligned(long addresses) {
        return (addresses & (1L << fields.granuleShift()) - 1) == 0;
    }

    private boolean reserved(long start, long end) {
        return config.reserved().stream().anyMatch(region -> region.meets(start, end));
    }

    private Status unmap(ByteBuffer request) {
        long start = request.getLong(8);
        long end = request.getLong(16);
        Domain domain = domains.get(request.getInt(4));
        if (domain == null) {
            return Status.NOENT;
        }
        if (domain.bypass() || Long.compareUnsigned(end, start) < 0) {
            return Status.INVAL;
        }
        if (domain.cuts(start, end)) {
            return Status.RANGE;
        }
        domain.remove(start, end);
        invalidations.range(domain.id(), start, end);
        return Status.OK;
    }

    private Status probe(ByteBuffer request, int room) {
        if (!config.known(request.getInt(4))) {
            return Status.NOENT;
        }
        return room < fields.value("probe_size") ? Status.INVAL : Status.OK;
    }

    /** What every endpoint has; it fits, as the configuration was checked. */
    private ByteBuffer properties() {
        ByteBuffer properties = ByteBuffer.allocate((int) fields.value("probe_size"));
        properties.order(ByteOrder.LITTLE_ENDIAN);
        config.reserved().forEach(region -> ReservedMemoryProperty.put(region, properties));
        return properties;
    }
}
