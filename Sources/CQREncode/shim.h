#pragma once
#include <errno.h>
#include <qrencode.h>

/// A text without NUL at the smallest size that holds it, letter case kept. NULL where there is none, and then why in
/// `reason`: errno may be another's by the time that Swift reads it.
static inline QRcode *cqrencode_encode(const char *text, QRecLevel level, int *reason) {
  QRcode *code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1);
  *reason = code ? 0 : errno;
  return code;
}
