// What the page 自检 says of each thing that a host does, and the lines of its settings by which that is mended.
// Written for the oldest engines (ES5), as selfcheck.js is.
(function () {
  'use strict';

  var POLICY = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  var PERMISSIONS = 'camera=(), microphone=(), geolocation=()';
  var KEPT = 'public, max-age=31536000, immutable';
  var TEXTS = 'text/css application/javascript text/javascript application/json application/wasm application/octet-stream image/svg+xml';
  // the types that browsers insist on; others do no harm
  var TYPES = {
    html: [/^text\/html/, 'text/html'], js: [/^(text|application)\/(x-)?javascript/, 'text/javascript'], css: [/^text\/css/, 'text/css'],
    svg: [/^image\/svg\+xml/, 'image/svg+xml'], wasm: [/^application\/wasm/, 'application/wasm'],
    bin: [/^application\/octet-stream/, 'application/octet-stream']
  };

  function header(name, value) {
    return [
      ['nginx', 'add_header ' + name + ' "' + value + '" always;'], ['Apache', 'Header always set ' + name + ' "' + value + '"'],
      ['IIS', '<add name="' + name + '" value="' + value + '" />']
    ];
  }

  function typed(ending) {
    var type = (TYPES[ending] || ['', 'text/javascript'])[1];
    return [['nginx', 'types { ' + type + ' ' + ending + '; }（与 include mime.types; 写在一起）'], ['Apache', 'AddType ' + type + ' .' + ending],
      ['IIS', '<mimeMap fileExtension=".' + ending + '" mimeType="' + type + '" />']];
  }

  window.selfcheck_types = TYPES;
  window.selfcheck_checks = function (root, path) {
    // Every check: whether what fails must be mended, what is said where all is well, where not, and the lines that mend it.
    return [
      ['missing', true, '网页和各种文件都取得到', '取不到这些文件', function (names) {
        var ending = (/\.(wasm|bin|json|svg|xlsx)（404/.exec(names) || [])[1];
        return ending
          ? [['IIS', '<mimeMap fileExtension=".' + ending + '" mimeType="' + (TYPES[ending] || ['', 'application/' + ending])[1] + '" />'],
            ['其他', '重新上传 assets 文件夹和全部网页']]
          : [['做法', '重新上传全部文件；403 的，检查文件和文件夹的读取权限']];
      }],
      ['all', true, '列出的文件都在服务器上', '这些文件不在服务器上，多半是没有传完', function () {
        return [['做法', '重新上传 assets 文件夹，先传 assets，再传网页']];
      }],
      ['packed', true, '没有压缩过却不标明的文件', '收到的是压缩过的内容，响应头里却没有 Content-Encoding', function () {
        return [['代理、CDN', '让它原样转发响应头 Content-Encoding 和请求头 Accept-Encoding'], ['nginx', 'gzip_static on;（不要写成 always）'],
          ['Apache', 'AddEncoding gzip .gz'], ['OSS、COS', '给这些文件设元信息 Content-Encoding: gzip']];
      }],
      ['changed', true, '收到的与生成的一字不差', '收到的与生成的不同', function () {
        return [['做法', '用二进制方式重新上传；关掉服务器、代理或 CDN 的“页面优化”“自动插入”“防篡改水印”']];
      }],
      ['release', true, '网页是同一次生成的', '网页不是同一次生成的', function () {
        return [['做法', '重新上传全部网页，再清空 CDN 和代理的缓存；旁边有 .br、.gz 的一起换掉']];
      }],
      ['type', true, '脚本、样式和网页的类型正确', '类型（Content-Type）不对，浏览器不认', function (names) {
        return typed((/\.(\w+)（/.exec(names) || ['', 'js'])[1]);
      }],
      ['kind', false, '.wasm 和 .bin 的类型正确', '类型（Content-Type）不对，能用，但代理和压缩常以它为准', function (names) {
        return typed((/\.(\w+)（/.exec(names) || ['', 'wasm'])[1]);
      }],
      ['charset', true, '编码没有标错', '编码标错了，中文会变成乱码', function () {
        return [['nginx', 'charset utf-8;'], ['Apache', 'AddDefaultCharset UTF-8'],
          ['IIS', '<mimeMap fileExtension=".html" mimeType="text/html; charset=utf-8" />']];
      }],
      ['plain', false, '已压缩后发送', '没有压缩，打开要慢几倍', function () {
        return [['nginx', 'gzip on; gzip_vary on; gzip_types ' + TEXTS + ';'], ['Apache', 'AddOutputFilterByType DEFLATE text/html ' + TEXTS],
          ['IIS', '<urlCompression doStaticCompression="true" />，并安装“静态内容压缩”']];
      }],
      ['pages', false, '网页每次询问有没有更新', '网页的 Cache-Control 不对，更新以后访客还看到旧网页', function () {
        return header('Cache-Control', 'no-cache').slice(0, 1).concat([['Apache', 'Header set Cache-Control "no-cache"'],
          ['IIS', '<clientCache cacheControlMode="DisableMaxAge" />']]);
      }],
      ['kept', false, 'assets 里的文件长期缓存', 'assets 里的文件没有长期缓存，每次都要重新取或询问', function () {
        return [['nginx', 'location ' + path + 'assets/ { add_header Cache-Control "' + KEPT + '"; }'],
          ['Apache', 'Header set Cache-Control "' + KEPT + '" "expr=%{REQUEST_URI} =~ m#/assets/#"'],
          ['IIS', '<location path="assets"> … <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="public, immutable" />']];
      }],
      ['again', false, '没有变化的网页不重复发送（304）', '没有变化的网页也整个重发', function () {
        return [['nginx', 'etag on;'], ['Apache', 'RequestHeader edit If-None-Match "-gzip\\"" "\\""'], ['代理、CDN', '不要去掉 ETag 和 Last-Modified']];
      }],
      ['framed', false, '别的网站不能把本站嵌在框里', '别的网站可以把本站嵌在框里骗人点击（响应头 Content-Security-Policy 里没有 frame-ancestors）', function () {
        return header('Content-Security-Policy', POLICY);
      }],
      ['strict', true, '响应头没有禁止网页需要的东西', '响应头 Content-Security-Policy 禁止了网页需要的东西', function () {
        return header('Content-Security-Policy', POLICY);
      }],
      ['sniff', false, '浏览器不猜测文件类型', '没有 X-Content-Type-Options: nosniff', function () {
        return header('X-Content-Type-Options', 'nosniff');
      }],
      ['referrer', false, '不向别处透露网址', '没有 Referrer-Policy', function () { return header('Referrer-Policy', 'no-referrer'); }],
      ['permissions', false, '不用摄像头、麦克风和位置', '没有 Permissions-Policy', function () {
        return header('Permissions-Policy', PERMISSIONS);
      }],
      ['nowhere', true, '不存在的网址回答 404，并给出说明', '不存在的网址没有正确回答', function () {
        return [['nginx', 'error_page 404 ' + path + '404.html;'], ['Apache', 'ErrorDocument 404 ' + path + '404.html'],
          ['IIS', '<error statusCode="404" path="' + (path + '404.html').slice(1).replace(/\//g, '\\') + '" responseMode="File" />'],
          ['OSS、COS', '静态页面：默认 404 页（错误文档）404.html，响应码 404（原始错误码）']];
      }],
      ['slash', true, '网址末尾缺“/”时自动补上', '网址末尾缺“/”时打不开', function () {
        return [['nginx', 'absolute_redirect off;'], ['Apache', 'DirectorySlash On'], ['OSS', '静态页面：开通子目录首页，文件 404 规则选 Redirect'],
          ['代理', '原样转发 Host；不要把 https 的跳转改成 http']];
      }],
      ['top', true, '404 页的链接有效', '404 页的链接指向别的地方', function () {
        return [['site.toml', 'address = "' + root + '"，改后重新生成网站']];
      }],
      ['place', false, '网址与 site.toml 写的一致', '网址与 site.toml 写的不一致，站点地图、纸上和分享的链接指向别处', function () {
        return [['site.toml', 'address = "' + root + '"，改后重新生成网站']];
      }],
      ['https', false, '用的是 https', '用的是 http：传输不加密，浏览器不允许网页申请长期保存', function () {
        return [['做法', '有条件的申请证书，改用 https；只在内网用的可以不改，请填写的人常下载备份']];
      }]
    ];
  };
})();
