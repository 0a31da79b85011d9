# The text job as bytes: knows neither the white space beyond ASCII nor lines that are not UTF-8.
{
  gsub(/^[ \t\r\v\f]+|[ \t\r\v\f]+$/, "")
  gsub(/session=/, "s=")
  if (/" 500 |\/wp-login\.php|\/\.env|\/\.\.\/|万年筆/) print
}
