-- Shows PCI Express TLPs, with PASID prefix, ATS and PRI fields, in Wireshark and tshark:
--   tshark -X lua_script:svapcie.lua -r tlp.pcapng -V
-- A packet is the bytes of one TLP from its first prefix on, link type USER0. Every field has its
-- own name (svapcie.pasid, svapcie.ats.itag, svapcie.pri.prgi ...), so that it can be filtered for.

local svapcie = Proto("svapcie", "PCI Express TLP (svasim)")

local kinds = {
  [0x00] = "MRd", [0x20] = "MRd", [0x01] = "MRdLk", [0x21] = "MRdLk",
  [0x40] = "MWr", [0x60] = "MWr", [0x02] = "IORd", [0x42] = "IOWr",
  [0x04] = "CfgRd0", [0x44] = "CfgWr0", [0x05] = "CfgRd1", [0x45] = "CfgWr1",
  [0x0a] = "Cpl", [0x4a] = "CplD", [0x0b] = "CplLk", [0x4b] = "CplDLk",
  [0x4c] = "FetchAdd", [0x6c] = "FetchAdd", [0x4d] = "Swap", [0x6d] = "Swap",
  [0x4e] = "CAS", [0x6e] = "CAS", [0x5b] = "DMWr", [0x7b] = "DMWr",
}
local address_types = { [0] = "untranslated", "translation request", "translated", "reserved" }
local statuses = { [0] = "SC", [1] = "UR", [2] = "RRS", [4] = "CA" }
local messages = {
  [0x00] = "Unlock", [0x01] = "Invalidate Request", [0x02] = "Invalidate Completion",
  [0x04] = "Page Request", [0x05] = "PRG Response", [0x10] = "LTR", [0x12] = "OBFF",
  [0x14] = "PM_Active_State_Nak", [0x18] = "PM_PME", [0x19] = "PME_Turn_Off",
  [0x1b] = "PME_TO_Ack", [0x20] = "Assert_INTA", [0x21] = "Assert_INTB",
  [0x22] = "Assert_INTC", [0x23] = "Assert_INTD", [0x24] = "Deassert_INTA",
  [0x25] = "Deassert_INTB", [0x26] = "Deassert_INTC", [0x27] = "Deassert_INTD",
  [0x30] = "ERR_COR", [0x31] = "ERR_NONFATAL", [0x33] = "ERR_FATAL",
  [0x50] = "Set_Slot_Power_Limit", [0x52] = "PTM Request", [0x53] = "PTM Response",
  [0x7e] = "Vendor type 0", [0x7f] = "Vendor type 1",
}
local responses = { [0] = "Success", [1] = "Invalid Request", [15] = "Response Failure" }
local prefixes = {
  [0x80] = "MR-IOV", [0x8e] = "vendor local", [0x8f] = "vendor local", [0x90] = "extended TPH",
  [0x91] = "PASID", [0x92] = "IDE", [0x9e] = "vendor end-end", [0x9f] = "vendor end-end",
}

local f = svapcie.fields
f.prefix = ProtoField.uint8("svapcie.prefix", "Prefix", base.HEX, prefixes)
f.pasid = ProtoField.uint32("svapcie.pasid", "PASID", base.DEC_HEX, nil, 0xfffff)
f.pmr = ProtoField.bool("svapcie.pasid.pmr", "Privileged Mode Requested", 32, nil, 0x800000)
f.er = ProtoField.bool("svapcie.pasid.er", "Execute Requested", 32, nil, 0x400000)
f.kind = ProtoField.string("svapcie.kind", "Kind")
f.fmt = ProtoField.uint32("svapcie.fmt", "Fmt", base.DEC, nil, 0xe0000000)
f.type = ProtoField.uint32("svapcie.type", "Type", base.HEX, nil, 0x1f000000)
f.tc = ProtoField.uint32("svapcie.tc", "Traffic Class", base.DEC, nil, 0x00700000)
f.ido = ProtoField.bool("svapcie.attr.ido", "ID-based Ordering", 32, nil, 0x00040000)
f.ro = ProtoField.bool("svapcie.attr.ro", "Relaxed Ordering", 32, nil, 0x00002000)
f.ns = ProtoField.bool("svapcie.attr.ns", "No Snoop", 32, nil, 0x00001000)
f.td = ProtoField.bool("svapcie.td", "Digest", 32, nil, 0x00008000)
f.ep = ProtoField.bool("svapcie.ep", "Poisoned", 32, nil, 0x00004000)
f.at = ProtoField.uint32("svapcie.at", "Address Type", base.DEC, address_types, 0x00000c00)
f.length = ProtoField.uint32("svapcie.length", "Length (DW)", base.DEC)
f.requester = ProtoField.string("svapcie.requester", "Requester ID")
f.completer = ProtoField.string("svapcie.completer", "Completer ID")
f.destination = ProtoField.string("svapcie.destination", "Destination ID")
f.tag = ProtoField.uint16("svapcie.tag", "Tag", base.HEX)
f.last_be = ProtoField.uint32("svapcie.be.last", "Last BE", base.HEX, nil, 0xf0)
f.first_be = ProtoField.uint32("svapcie.be.first", "First BE", base.HEX, nil, 0x0f)
f.address = ProtoField.uint64("svapcie.address", "Address", base.HEX)
f.register = ProtoField.uint16("svapcie.register", "Register", base.HEX)
f.status = ProtoField.uint32("svapcie.status", "Completion Status", base.DEC, statuses, 0xe000)
f.byte_count = ProtoField.uint32("svapcie.bytecount", "Byte Count", base.DEC)
f.lower_address = ProtoField.uint32("svapcie.loweraddress", "Lower Address", base.HEX, nil, 0x7f)
f.code = ProtoField.uint32("svapcie.message", "Message Code", base.HEX, messages, 0xff)
f.data = ProtoField.bytes("svapcie.data", "Data")
f.nw = ProtoField.bool("svapcie.ats.nw", "No Write", 32, nil, 1)
f.itag = ProtoField.uint32("svapcie.ats.itag", "ITag", base.DEC, nil, 0x1f00)
f.global = ProtoField.bool("svapcie.ats.global", "Global Invalidate", 32, nil, 1)
f.range = ProtoField.uint64("svapcie.ats.range", "Range (bytes)", base.HEX)
f.cc = ProtoField.uint32("svapcie.ats.cc", "Completion Count", base.DEC, nil, 7)
f.itags = ProtoField.uint32("svapcie.ats.itags", "ITag vector", base.HEX)
f.entry = ProtoField.uint64("svapcie.ats.entry", "Translated Address", base.HEX)
f.entry_r = ProtoField.bool("svapcie.ats.entry.r", "R", 32, nil, 0x1)
f.entry_w = ProtoField.bool("svapcie.ats.entry.w", "W", 32, nil, 0x2)
f.entry_u = ProtoField.bool("svapcie.ats.entry.u", "U, untranslated access only", 32, nil, 0x4)
f.entry_exe = ProtoField.bool("svapcie.ats.entry.exe", "Exe", 32, nil, 0x8)
f.entry_priv = ProtoField.bool("svapcie.ats.entry.priv", "Priv", 32, nil, 0x10)
f.entry_g = ProtoField.bool("svapcie.ats.entry.global", "Global", 32, nil, 0x20)
f.entry_n = ProtoField.bool("svapcie.ats.entry.n", "N, non-snooped", 32, nil, 0x400)
f.page = ProtoField.uint64("svapcie.pri.page", "Page Address", base.HEX)
f.prgi = ProtoField.uint32("svapcie.pri.prgi", "PRG Index", base.DEC, nil, 0xff8)
f.last = ProtoField.bool("svapcie.pri.l", "L, last of the group", 32, nil, 4)
f.write = ProtoField.bool("svapcie.pri.w", "W", 32, nil, 2)
f.read = ProtoField.bool("svapcie.pri.r", "R", 32, nil, 1)
f.stop = ProtoField.bool("svapcie.pri.stop", "Stop Marker")
f.response = ProtoField.uint32("svapcie.pri.code", "Response Code", base.HEX, responses, 0xf000)
f.response_prgi = ProtoField.uint32("svapcie.pri.prgi", "PRG Index", base.DEC, nil, 0x1ff)

local malformed = ProtoExpert.new("svapcie.malformed", "Malformed TLP", expert.group.MALFORMED,
  expert.severity.ERROR)
svapcie.experts = { malformed }

-- Whether the newest request of a requester and tag is a Translation Request; and the frames that
-- complete such a request. A completion does not say itself what it answers.
local waiting = {}
local translations = {}

function svapcie.init()
  waiting = {}
  translations = {}
end

local function bdf(id)
  return string.format("%02x:%02x.%x", bit.rshift(id, 8), bit.band(bit.rshift(id, 3), 0x1f),
    bit.band(id, 7))
end

local function with_tag(header, tag)
  return tag + bit.band(bit.rshift(header, 19), 1) * 256 + bit.band(bit.rshift(header, 23), 1) * 512
end

-- Bits of an ATS range's size: 12, or with S one more than the lowest clear bit from bit 12 on.
local function size_bits(high, low)
  if bit.band(low, 0x800) == 0 then
    return 12
  end
  for k = 12, 62 do
    if bit.band(bit.rshift(k < 32 and low or high, k % 32), 1) == 0 then
      return k + 1
    end
  end
  return 64
end

-- First address and size in bytes of an ATS range; 2^64 bytes are shown as all ones.
local function range_of(high, low)
  local bits = size_bits(high, low)
  local all = 0xffffffff
  if bits == 64 then
    return UInt64(0, 0), UInt64(all, all)
  elseif bits < 32 then
    return UInt64(bit.band(low, bit.lshift(all, bits)), high), UInt64(2 ^ bits, 0)
  end
  local above = 2 ^ (bits - 32)
  return UInt64(0, bit.band(high, -above)), UInt64(0, above)
end

-- A 64-bit address of two DWs without the low bits that mean something else.
local function address_of(high, low, mask)
  return UInt64(bit.band(low, mask), high)
end

local function hex(high, low)
  return high == 0 and string.format("0x%x", low) or string.format("0x%x%08x", high, low)
end

local function dw(tvb, at)
  return tvb(at, 4):uint()
end

local function unsigned(value)
  return value < 0 and value + 4294967296 or value
end

local function request(tvb, at, tree, frame)
  local id, tag = tvb(at + 4, 2):uint(), with_tag(frame.header, tvb(at + 6, 1):uint())
  tree:add(f.requester, tvb(at + 4, 2), bdf(id))
  tree:add(f.tag, tvb(at + 6, 1), tag)
  tree:add(f.last_be, tvb(at + 4, 4))
  tree:add(f.first_be, tvb(at + 4, 4))
  local four = bit.band(frame.code, 0x20) ~= 0
  local high, low_at = four and dw(tvb, at + 8) or 0, four and at + 12 or at + 8
  local low = unsigned(bit.band(dw(tvb, low_at), 0xfffffffc))
  local where = tvb(at + 8, four and 8 or 4)
  tree:add(f.address, where, address_of(high, low, 0xfffffffc))
  frame.info = string.format("%s %s from %s tag 0x%x", frame.name, hex(high, low), bdf(id), tag)
  local translation = bit.band(frame.header, 0xc00) == 0x400
  if translation then
    tree:add(f.nw, tvb(low_at, 4))
    frame.info = frame.info:gsub("^MRd", "Translation Request")
  end
  if not frame.visited and frame.name ~= "MWr" then
    waiting[id .. "/" .. tag] = translation
  end
  return low_at + 4
end

local function configuration(tvb, at, tree, frame)
  local id, target = tvb(at + 4, 2):uint(), tvb(at + 8, 2):uint()
  local register = bit.band(tvb(at + 10, 2):uint(), 0xffc)
  tree:add(f.requester, tvb(at + 4, 2), bdf(id))
  tree:add(f.tag, tvb(at + 6, 1), with_tag(frame.header, tvb(at + 6, 1):uint()))
  tree:add(f.last_be, tvb(at + 4, 4))
  tree:add(f.first_be, tvb(at + 4, 4))
  tree:add(f.destination, tvb(at + 8, 2), bdf(target))
  tree:add(f.register, tvb(at + 10, 2), register)
  frame.info = string.format("%s %s register 0x%03x", frame.name, bdf(target), register)
  return at + 12
end

local function entries(tvb, at, count, tree)
  for i = 0, count - 1 do
    local where = tvb(at + 8 * i, 8)
    local high, low = dw(tvb, at + 8 * i), dw(tvb, at + 8 * i + 4)
    local base, size = range_of(high, low)
    local one = tree:add(f.entry, where, base)
    one:add(f.range, where, size)
    local flags = tvb(at + 8 * i + 4, 4)
    for _, flag in ipairs({ f.entry_r, f.entry_w, f.entry_u, f.entry_exe, f.entry_priv,
        f.entry_g, f.entry_n }) do
      one:add(flag, flags)
    end
  end
end

local function completion(tvb, at, tree, frame)
  local id, tag = tvb(at + 8, 2):uint(), with_tag(frame.header, tvb(at + 10, 1):uint())
  local status = bit.rshift(tvb(at + 6, 2):uint(), 13)
  local bytes = bit.band(tvb(at + 6, 2):uint(), 0xfff)
  tree:add(f.completer, tvb(at + 4, 2), bdf(tvb(at + 4, 2):uint()))
  tree:add(f.status, tvb(at + 4, 4))
  tree:add(f.byte_count, tvb(at + 6, 2), bytes == 0 and 4096 or bytes)
  tree:add(f.requester, tvb(at + 8, 2), bdf(id))
  tree:add(f.tag, tvb(at + 10, 1), tag)
  tree:add(f.lower_address, tvb(at + 8, 4))
  if not frame.visited then
    translations[frame.number] = waiting[id .. "/" .. tag]
  end
  local name = translations[frame.number] and "Translation Completion" or frame.name
  frame.info = string.format("%s %s for %s tag 0x%x", name, statuses[status] or "UR", bdf(id), tag)
  if translations[frame.number] and frame.length > 0 then
    entries(tvb, at + 12, math.floor(frame.length / 2), tree)
  end
  return at + 12
end

local bodies = {}

bodies[0x01] = function(tvb, at, tree, frame)
  local high, low = dw(tvb, at + 16), dw(tvb, at + 20)
  tree:add(f.itag, tvb(at + 4, 4))
  tree:add(f.destination, tvb(at + 8, 2), bdf(tvb(at + 8, 2):uint()))
  local base, size = range_of(high, low)
  tree:add(f.address, tvb(at + 16, 8), base)
  tree:add(f.range, tvb(at + 16, 8), size)
  tree:add(f.global, tvb(at + 20, 4))
  frame.info = string.format("Invalidate Request ITag %d to %s, %s",
    bit.band(tvb(at + 6, 1):uint(), 0x1f), bdf(tvb(at + 8, 2):uint()),
    hex(high, unsigned(bit.band(low, 0xfffff000))))
end

bodies[0x02] = function(tvb, at, tree, frame)
  tree:add(f.destination, tvb(at + 8, 2), bdf(tvb(at + 8, 2):uint()))
  tree:add(f.cc, tvb(at + 8, 4))
  tree:add(f.itags, tvb(at + 12, 4))
  frame.info = string.format("Invalidate Completion ITags 0x%08x, count %d", dw(tvb, at + 12),
    bit.band(tvb(at + 11, 1):uint(), 7))
end

bodies[0x04] = function(tvb, at, tree, frame)
  local high, low = dw(tvb, at + 8), dw(tvb, at + 12)
  local marker = frame.pasid and bit.band(low, 7) == 4
  tree:add(f.page, tvb(at + 8, 8), address_of(high, low, 0xfffff000))
  for _, field in ipairs({ f.prgi, f.last, f.write, f.read }) do
    tree:add(field, tvb(at + 12, 4))
  end
  tree:add(f.stop, tvb(at + 12, 4), marker)
  frame.info = marker and "Stop Marker" or string.format("Page Request group %d, %s",
    bit.band(bit.rshift(low, 3), 0x1ff), hex(high, unsigned(bit.band(low, 0xfffff000))))
end

bodies[0x05] = function(tvb, at, tree, frame)
  local body = tvb(at + 10, 2):uint()
  tree:add(f.destination, tvb(at + 8, 2), bdf(tvb(at + 8, 2):uint()))
  tree:add(f.response, tvb(at + 8, 4))
  tree:add(f.response_prgi, tvb(at + 8, 4))
  frame.info = string.format("PRG Response group %d, %s", bit.band(body, 0x1ff),
    responses[bit.rshift(body, 12)] or "reserved code")
end

local function message(tvb, at, tree, frame)
  local code = tvb(at + 7, 1):uint()
  tree:add(f.requester, tvb(at + 4, 2), bdf(tvb(at + 4, 2):uint()))
  tree:add(f.code, tvb(at + 4, 4))
  frame.info = messages[code] or string.format("Message 0x%02x", code)
  if bodies[code] then
    bodies[code](tvb, at, tree, frame)
  end
  return at + 16
end

-- All prefixes; where the header begins.
local function prefix(tvb, tree, frame)
  local at = 0
  while at + 4 <= tvb:len() and bit.band(tvb(at, 1):uint(), 0xe0) == 0x80 do
    local one = tree:add(f.prefix, tvb(at, 1))
    if tvb(at, 1):uint() == 0x91 then
      frame.pasid = bit.band(dw(tvb, at), 0xfffff)
      one:add(f.pasid, tvb(at, 4))
      one:add(f.pmr, tvb(at, 4))
      one:add(f.er, tvb(at, 4))
    end
    at = at + 4
  end
  return at
end

local function first_dw(tvb, at, tree, frame)
  frame.header = dw(tvb, at)
  frame.code = tvb(at, 1):uint()
  frame.is_message = bit.band(frame.code, 0x18) == 0x10 and frame.code < 0x80
  frame.name = frame.is_message and "Msg" or kinds[frame.code] or "unknown TLP"
  tree:add(f.kind, tvb(at, 1), frame.name)
  for _, field in ipairs({ f.fmt, f.type, f.tc, f.ido, f.ro, f.ns, f.td, f.ep, f.at }) do
    tree:add(field, tvb(at, 4))
  end
  local length = bit.band(frame.header, 0x3ff)
  local has_data = bit.band(frame.code, 0x40) ~= 0
  frame.length = length == 0 and (has_data or frame.name == "MRd") and 1024 or length
  tree:add(f.length, tvb(at + 2, 2), frame.length)
  return has_data
end

local function header_bytes(frame)
  return (frame.is_message or bit.band(frame.code, 0x20) ~= 0) and 16 or 12
end

local function rest(tvb, at, tree, frame)
  if frame.is_message then
    return message(tvb, at, tree, frame)
  elseif frame.name:find("^Cpl") then
    return completion(tvb, at, tree, frame)
  elseif frame.name:find("^Cfg") then
    return configuration(tvb, at, tree, frame)
  end
  return request(tvb, at, tree, frame)
end

function svapcie.dissector(tvb, pinfo, root)
  local tree = root:add(svapcie, tvb())
  local frame = { number = pinfo.number, visited = pinfo.visited }
  pinfo.cols.protocol = "PCIe"
  local at = prefix(tvb, tree, frame)
  if tvb:len() < at + 4 then
    tree:add_proto_expert_info(malformed, "prefixes without a header")
    pinfo.cols.info = "malformed"
    return
  end
  local has_data = first_dw(tvb, at, tree, frame)
  local needed = header_bytes(frame) + (has_data and 4 * frame.length or 0)
  if tvb:len() < at + needed then
    tree:add_proto_expert_info(malformed, "shorter than its header says")
    pinfo.cols.info = frame.name .. ", malformed"
    return
  end
  local data = rest(tvb, at, tree, frame)
  if has_data then
    tree:add(f.data, tvb(data, 4 * frame.length))
  end
  local pasid = frame.pasid and " PASID " .. frame.pasid or ""
  pinfo.cols.info = frame.info .. pasid
end

DissectorTable.get("wtap_encap"):add(wtap.USER0, svapcie)
