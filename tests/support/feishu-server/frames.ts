import protobuf from "protobufjs";

/** One frame of the long connection, `pbbp2.Frame` on the wire. */
export interface Frame {
  SeqID: number;
  LogID: number;
  service: number;
  /** 0 control, 1 data. */
  method: number;
  headers: { key: string; value: string }[];
  payload: Uint8Array;
}

const { Field, Root, Type } = protobuf;

const Header = new Type("Header")
  .add(new Field("key", 1, "string", "required"))
  .add(new Field("value", 2, "string", "required"));

const FrameType = new Type("Frame")
  .add(new Field("SeqID", 1, "uint64", "required"))
  .add(new Field("LogID", 2, "uint64", "required"))
  .add(new Field("service", 3, "int32", "required"))
  .add(new Field("method", 4, "int32", "required"))
  .add(new Field("headers", 5, "Header", "repeated"))
  .add(new Field("payload_encoding", 6, "string"))
  .add(new Field("payload_type", 7, "string"))
  .add(new Field("payload", 8, "bytes"))
  .add(new Field("LogIDNew", 9, "string"));

new Root().define("pbbp2").add(Header).add(FrameType);

export function encodeFrame(frame: Frame): Uint8Array {
  return FrameType.encode(FrameType.create(frame)).finish();
}

/** @throws when the bytes are no frame or a required field is missing */
export function decodeFrame(bytes: Uint8Array): Frame {
  const plain = FrameType.toObject(FrameType.decode(bytes), { longs: Number, arrays: true, defaults: true });
  return plain as Frame;
}

export function headersOf(frame: Frame): Record<string, string> {
  return Object.fromEntries(frame.headers.map(({ key, value }) => [key, value]));
}
