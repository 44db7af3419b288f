/** Which font has which role. The page preloads by role, so that another font changes nothing elsewhere. */
export const fonts = {
  "sans-400": "node_modules/@fontsource/hanken-grotesk/files/hanken-grotesk-latin-400-normal.woff2",
  "sans-600": "node_modules/@fontsource/hanken-grotesk/files/hanken-grotesk-latin-600-normal.woff2",
  "mono-400": "node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2",
};
