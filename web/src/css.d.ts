/** Style sheets that a module takes as text (the loader is set in build.mjs). */
declare module "*.css" {
  const text: string;
  export default text;
}
